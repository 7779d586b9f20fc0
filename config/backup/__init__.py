"""Backups in three parts that are kept apart: the database, the files, the keys.

Each part is a folder with a manifest: what is in it, by SHA-256, of which version and when, signed
with the installation's own key. Whoever has database and keys together reads sealed bids, so keys
are written only where it is asked for, into a folder of their own.
"""
