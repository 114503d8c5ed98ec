"""The five documents, as they are read."""

from asking import DOCUMENTS

from corpus.collection import Collection

FIVE = Collection.open([DOCUMENTS]).read().documents
