"""How the robots of WeCom, DingTalk and Feishu groups are spoken to. Nothing here knows a table."""
