"""Version 2: an assessment remembers the convention of weights its office chose ("" is the instrument's default)."""

import sqlalchemy as sa
from alembic import op

revision = "2"
down_revision = "1"


def upgrade() -> None:
    """Add the column; assessments of version 1 keep the default convention."""
    op.add_column("assessment", sa.Column("weights", sa.String(64), nullable=False, server_default=""))
