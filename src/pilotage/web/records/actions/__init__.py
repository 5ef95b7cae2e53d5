"""What happens in a study, by what it is about: each function one transaction, with its entry in the log inside it.

The door to the package: `actions.mark_attendance(...)`. A module's public names are found here by themselves; what
begins with an underscore stays in its module.
"""

from pilotage.web.records.actions.accounts import *
from pilotage.web.records.actions.alerts import *
from pilotage.web.records.actions.allocation import *
from pilotage.web.records.actions.analysis import *
from pilotage.web.records.actions.answers import *
from pilotage.web.records.actions.attendance import *
from pilotage.web.records.actions.calendars import *
from pilotage.web.records.actions.clock import *
from pilotage.web.records.actions.codes import *
from pilotage.web.records.actions.cohorts import *
from pilotage.web.records.actions.consent import *
from pilotage.web.records.actions.contact_data import *
from pilotage.web.records.actions.correcting import *
from pilotage.web.records.actions.data_entry import *
from pilotage.web.records.actions.erasing import *
from pilotage.web.records.actions.fidelity import *
from pilotage.web.records.actions.freezing import *
from pilotage.web.records.actions.guards import *
from pilotage.web.records.actions.handling import *
from pilotage.web.records.actions.keep_apart import *
from pilotage.web.records.actions.leaving import *
from pilotage.web.records.actions.links import *
from pilotage.web.records.actions.materials import *
from pilotage.web.records.actions.messages import *
from pilotage.web.records.actions.pairing import *
from pilotage.web.records.actions.paper_consent import *
from pilotage.web.records.actions.people import *
from pilotage.web.records.actions.plan import *
from pilotage.web.records.actions.practice import *
from pilotage.web.records.actions.reading import *
from pilotage.web.records.actions.recordings import *
from pilotage.web.records.actions.safety import *
from pilotage.web.records.actions.screening import *
from pilotage.web.records.actions.sessions import *
from pilotage.web.records.actions.studies import *
from pilotage.web.records.actions.wordings import *
