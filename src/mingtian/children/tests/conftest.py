"""The small world with a case worker of the village, where children are registered."""

import pytest
from django.contrib.auth.models import User

from mingtian.testing.children import make_aid_clerk, make_worker
from mingtian.testing.make import Tree, make_tree


@pytest.fixture
def tree(db: None) -> Tree:
    return make_tree()


@pytest.fixture
def worker(tree: Tree) -> User:
    return make_worker(tree.village)


@pytest.fixture
def clerk(tree: Tree) -> User:
    return make_aid_clerk(tree.school)
