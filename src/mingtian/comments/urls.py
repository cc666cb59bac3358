"""Addresses of comments on the desk. What phones use is in intake (mingtian.asgi_ingest)."""

from django.urls import URLPattern, path

from mingtian.comments.views import digests, keeping, queue

app_name = "comments"

urlpatterns: list[URLPattern] = [
    path("desk/comments", queue.queue, name="queue"),
    path("desk/comments/approve", queue.comments_approve, name="comments-approve"),
    path("desk/comments/text/<slug:comment>/decide", queue.comment_decide, name="comment-decide"),
    path("desk/comments/text/<slug:comment>/undo", queue.comment_undo, name="comment-undo"),
    path("desk/comments/digests", digests.digest_list, name="digest-list"),
    path(
        "desk/comments/digests/new/<int:lecture>/<slug:unit>",
        digests.digest_draft,
        name="digest-draft",
    ),
    path("desk/comments/digests/<slug:digest>", digests.digest, name="digest"),
    path("desk/comments/digests/<slug:digest>/save", digests.digest_save, name="digest-save"),
    path(
        "desk/comments/digests/<slug:digest>/release", digests.digest_release, name="digest-release"
    ),
    path("desk/comments/digests/<slug:digest>/recall", digests.digest_recall, name="digest-recall"),
    path("desk/comments/words", keeping.word_list, name="word-list"),
    path("desk/comments/words/<int:number>", keeping.word_list_version, name="word-list-version"),
    path("desk/comments/phrases/<slug:campaign>/<int:number>", keeping.phrases, name="phrases"),
]
