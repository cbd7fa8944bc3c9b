"""How Alembic runs the migrations: on the connection that the store hands over, in its transaction.

From a shell: ``alembic -c flows/store/migrations/alembic.ini revision --autogenerate -m "what changes"``.
"""

from __future__ import annotations

from alembic import context

from flows.store import Base, Store

connection = context.config.attributes.get("connection")
if connection is None:
    store = Store(context.config.get_main_option("sqlalchemy.url"))
    connection = store.engine.connect()
context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
