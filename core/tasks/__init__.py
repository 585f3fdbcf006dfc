"""Background work: tasks wait in the database (django-tasks with django-tasks-db) until a worker of any node takes one up.

The library has the table, the decorator and the claim. Ours is what it lacks (ADR 21): a lease with a heartbeat, so that the task of a dead
worker is taken up by another one; an effect that is committed together with its completion; limits; work that comes again by the clock.
"""
