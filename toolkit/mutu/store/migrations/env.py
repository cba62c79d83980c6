"""Alembic runs this file; the connection comes from `mutu.store.database`, inside its transaction."""

from alembic import context

context.configure(connection=context.config.attributes["connection"], transactional_ddl=False)
context.run_migrations()
