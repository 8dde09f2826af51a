"""How the written part of the corpus is made: cards that writers obey, measures of an article, and the gate."""
