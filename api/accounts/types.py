"""Who is asking: the plain facts that every deed is handed."""

import uuid
from dataclasses import dataclass, field

HQ_ADMIN = "hq_admin"
REGIONAL_MANAGER = "regional_manager"
SUPERVISOR = "supervisor"
STORE_MANAGER = "store_manager"
STORE_STAFF = "store_staff"
ROLES = (HQ_ADMIN, REGIONAL_MANAGER, SUPERVISOR, STORE_MANAGER, STORE_STAFF)
STORE_ROLES = frozenset({STORE_MANAGER, STORE_STAFF})
LOCALES = ("zh", "en")


@dataclass(frozen=True)
class Actor:
    """A signed-in person with the scope they may see: regions with all below them, and stores."""

    id: uuid.UUID
    name: str
    role: str
    session_id: uuid.UUID | None = None
    region_ids: frozenset[uuid.UUID] = field(default_factory=frozenset)
    store_ids: frozenset[uuid.UUID] = field(default_factory=frozenset)

    @property
    def sees_everything(self) -> bool:
        """Head office is not bounded by regions."""
        return self.role == HQ_ADMIN
