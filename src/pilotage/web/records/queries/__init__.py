"""What each person may read of the records, by what it is about.

The door to the package: `queries.sessions_taught_by(...)`. A module's public names are found here by themselves; what
begins with an underscore stays in its module.
"""

from pilotage.web.records.queries.access import *
from pilotage.web.records.queries.answers import *
from pilotage.web.records.queries.attendance import *
from pilotage.web.records.queries.calendars import *
from pilotage.web.records.queries.changes import *
from pilotage.web.records.queries.cohorts import *
from pilotage.web.records.queries.comments import *
from pilotage.web.records.queries.correcting import *
from pilotage.web.records.queries.data_entry import *
from pilotage.web.records.queries.days import *
from pilotage.web.records.queries.delivery import *
from pilotage.web.records.queries.due import *
from pilotage.web.records.queries.fidelity import *
from pilotage.web.records.queries.flow import *
from pilotage.web.records.queries.freezes import *
from pilotage.web.records.queries.history import *
from pilotage.web.records.queries.home import *
from pilotage.web.records.queries.leaving import *
from pilotage.web.records.queries.log import *
from pilotage.web.records.queries.materials import *
from pilotage.web.records.queries.messages import *
from pilotage.web.records.queries.monitoring import *
from pilotage.web.records.queries.own_sessions import *
from pilotage.web.records.queries.pairing import *
from pilotage.web.records.queries.people import *
from pilotage.web.records.queries.practice import *
from pilotage.web.records.queries.recordings import *
from pilotage.web.records.queries.run_sheet import *
from pilotage.web.records.queries.safety import *
from pilotage.web.records.queries.safety_circle import *
from pilotage.web.records.queries.safety_notices import *
from pilotage.web.records.queries.staff import *
from pilotage.web.records.queries.standing import *
from pilotage.web.records.queries.studies import *
from pilotage.web.records.queries.teaching import *
from pilotage.web.records.queries.wordings import *
