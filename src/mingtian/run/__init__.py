"""Starts and stops things: the embedded server, the services, the crowd, demo and drill.

The top layer; nothing imports it but the commands in ``bin`` and the tests.
"""
