"""Recognises a phone inside WeChat, where a city has switched that on."""
