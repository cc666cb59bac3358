"""Addresses of groups. Units, groups, posts, entries and lists are shown by public ids."""

from django.urls import path

from mingtian.groups import views

app_name = "groups"

urlpatterns = [
    path("", views.own, name="own"),
    path("tips", views.tips, name="tips"),
    path("tips.<slug:form>", views.tips_file, name="tips-file"),
    path("of/<slug:unit>", views.register, name="register"),
    path("of/<slug:unit>/groups.<slug:form>", views.register_file, name="register-file"),
    path("of/<slug:unit>/new", views.new, name="new"),
    path("of/<slug:unit>/lists", views.lists, name="lists"),
    path("of/<slug:unit>/lists/<slug:list_id>/remove", views.remove_list, name="remove-list"),
    path("of/<slug:unit>/posts", views.posts, name="posts"),
    path("of/<slug:unit>/posts/new", views.compose, name="compose"),
    path("group/<slug:group>", views.group, name="group"),
    path("group/<slug:group>/change", views.change, name="change"),
    path("group/<slug:group>/close", views.close, name="close"),
    path("group/<slug:group>/robot", views.robot, name="robot"),
    path("group/<slug:group>/robot/remove", views.remove_robot, name="remove-robot"),
    path("group/<slug:group>/<slug:board>", views.board, name="board"),
    path("entry/<slug:entry>", views.entry, name="entry"),
    path("entry/<slug:entry>/withdraw", views.withdraw, name="withdraw"),
    path("entry/<slug:entry>/decide", views.decide, name="decide"),
    path("entry/<slug:entry>/tip", views.tip, name="tip"),
    path("post/<slug:post>", views.post, name="post"),
    path("post/<slug:post>/receipts.<slug:form>", views.receipts, name="receipts"),
    path("post/<slug:post>/paste/<slug:group>", views.paste, name="paste"),
    path("post/<slug:post>/acknowledge/<slug:unit>", views.acknowledge, name="acknowledge"),
    path("post/<slug:post>/forward/<slug:unit>", views.forward, name="forward"),
]
