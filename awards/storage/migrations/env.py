"""What Alembic runs: the missing revisions, on the connection it is handed."""

from alembic import context

from awards.storage.models import Base

context.configure(connection=context.config.attributes["connection"], target_metadata=Base.metadata)
context.run_migrations()
