"""Certificates: who has earned one, the signed PDF, and whether a PDF or a QR code is genuine.

from mutu.course.outcome.certificate import issue, verify
"""

from mutu.course.outcome.certificate.issue import Done, Issued, Order, issue
from mutu.course.outcome.certificate.profile import Training
from mutu.course.outcome.certificate.verify import Verdict, verify

__all__ = ["Done", "Issued", "Order", "Training", "Verdict", "issue", "verify"]
