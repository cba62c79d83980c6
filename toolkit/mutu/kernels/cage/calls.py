"""Numbers of the system calls that the filter names."""

from __future__ import annotations

from dataclasses import dataclass

# name: x86_64, aarch64; None where an architecture has none
_NUMBERS: dict[str, tuple[int | None, int | None]] = {
    # another process's memory and state
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "process_madvise": (440, 440),
    "pidfd_getfd": (438, 438),
    "kcmp": (312, 272),
    # mounts and roots
    "mount": (165, 40),
    "umount2": (166, 39),
    "pivot_root": (155, 41),
    "chroot": (161, 51),
    "open_tree": (428, 428),
    "move_mount": (429, 429),
    "fsopen": (430, 430),
    "fsconfig": (431, 431),
    "fsmount": (432, 432),
    "fspick": (433, 433),
    "mount_setattr": (442, 442),
    "statmount": (457, 457),
    "listmount": (458, 458),
    "name_to_handle_at": (303, 264),
    "open_by_handle_at": (304, 265),
    "quotactl": (179, 60),
    "quotactl_fd": (443, 443),
    "fanotify_init": (300, 262),
    # namespaces
    "unshare": (272, 97),
    "setns": (308, 268),
    # large doors of the kernel
    "bpf": (321, 280),
    "perf_event_open": (298, 241),
    "userfaultfd": (323, 282),
    "io_uring_setup": (425, 425),
    "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427),
    "add_key": (248, 217),
    "request_key": (249, 218),
    "keyctl": (250, 219),
    "modify_ldt": (154, None),
    "lookup_dcookie": (212, 18),
    "uselib": (134, None),
    "sysfs": (139, None),
    "_sysctl": (156, None),
    "nfsservctl": (180, 42),
    # the machine
    "kexec_load": (246, 104),
    "kexec_file_load": (320, 294),
    "create_module": (174, None),
    "init_module": (175, 105),
    "finit_module": (313, 273),
    "delete_module": (176, 106),
    "swapon": (167, 224),
    "swapoff": (168, 225),
    "reboot": (169, 142),
    "acct": (163, 89),
    "syslog": (103, 116),
    "iopl": (172, None),
    "ioperm": (173, None),
    "settimeofday": (164, 170),
    "clock_settime": (227, 112),
    "adjtimex": (159, 171),
    "clock_adjtime": (305, 266),
    "vhangup": (153, 58),
    "sethostname": (170, 161),
    "setdomainname": (171, 162),
    "mbind": (237, 235),
    "set_mempolicy": (238, 237),
    "set_mempolicy_home_node": (450, 450),
    "migrate_pages": (256, 238),
    "move_pages": (279, 239),
    # memory that no process is charged for
    "memfd_create": (319, 279),
    "memfd_secret": (447, 447),
    "shmget": (29, 194),
    "msgget": (68, 186),
    "semget": (64, 190),
    "mq_open": (240, 180),
    # counted for the user, all of whose programs have 128 together
    "inotify_init": (253, None),
    "inotify_init1": (294, 26),
    # its arguments are in memory, where the filter cannot read them
    "clone3": (435, 435),
    # those whose arguments decide
    "clone": (56, 220),
    "personality": (135, 92),
    "prctl": (157, 167),
    "setsockopt": (54, 208),
    "socket": (41, 198),
    "ioctl": (16, 29),
    "mmap": (9, 222),
}
_DECIDED = ("clone", "personality", "prctl", "setsockopt", "socket", "ioctl", "mmap")
_ABSENT = (
    "memfd_create", "memfd_secret", "shmget", "msgget", "semget", "mq_open", "inotify_init", "inotify_init1", "clone3",
)  # fmt: skip


@dataclass(frozen=True)
class Calls:
    """The system calls of one architecture: its number in the audit interface, and the numbers by name."""

    audit: int
    numbers: dict[str, int]

    @property
    def forbidden(self) -> list[int]:
        """Those that are not permitted whatever their arguments."""
        return [number for name, number in self.numbers.items() if name not in (*_DECIDED, *_ABSENT)]

    @property
    def absent(self) -> list[int]:
        """Those that answer as a kernel that does not have them, so that libraries go another way."""
        return [self.numbers[name] for name in _ABSENT if name in self.numbers]


def of(machine: str) -> Calls | None:
    """The calls of an architecture as `os.uname().machine` names it; None if the filter does not know it."""
    column = {"x86_64": 0, "aarch64": 1}.get(machine)
    if column is None:
        return None
    numbers = {name: both[column] for name, both in _NUMBERS.items()}
    known = {name: number for name, number in numbers.items() if number is not None}
    return Calls((0xC000003E, 0xC00000B7)[column], known)
