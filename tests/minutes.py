"""Made-up minutes of several items, in the ways that councils number and set them; no council or person is real."""

# The year's minutes numbered on, in capitals, each with its decision.
CAPITALS = """NORTHBRIDGE COUNTY COUNCIL

Minutes of a meeting of the Children's Services Overview and Scrutiny Committee held on 4 March 2020 at County Hall

Present:

Councillor Ash (Chair)
Councillor Birch
Councillor Cedar

Officers in attendance: Director of Children's Services

801. APOLOGIES FOR ABSENCE

Apologies were received from Councillor Dale.

802. DECLARATIONS OF INTEREST

Councillor Ash declared an interest as a foster carer for the County Council.

Councillor Birch declared that her daughter worked in the assessment service, and that Ofsted found her work good.

Councillor Ash declared that he was a governor of a special school, and a member of the adoption panel.

803. MINUTES

RESOLVED:

That the minutes of the meeting held on 5 February 2020 be confirmed.

804. OFSTED MONITORING VISIT

The Director of Children's Services reported that Ofsted found caseloads too high.

Members asked how many social workers were from agencies.

RESOLVED:

(a) That the report be noted;

(b) That a further report be presented in June.

805. FOSTERING ANNUAL REPORT

The Head of Service said that fourteen carers had left.

RESOVLED:

That the fostering report be welcomed.

806. DATE OF NEXT MEETING

The next meeting would be on 1 April 2020.
"""

# Year and number, tabbed away from the heading; decisions within the text.
SLASHED = """SOUTHMERE BOROUGH COUNCIL

CORPORATE PARENTING BOARD

Date: Tuesday 10th May 2022

PRESENT: Councillors Elm and Fir

22/1\tApologies for absence

There were none.

22/2\tMinutes of the last meeting

The minutes of the last meeting were AGREED.

22/3\tOfsted focused visit

The Board considered the letter. Inspectors had found that plans were clear.

The following points were made:

- Pay had risen
- Visits were on time

RESOLVED that the letter be noted.

22/4\tCare leavers

Officers confirmed that housing was short.

The Board AGREED that a plan be brought to its next meeting.
"""

# A committee's letters, the year and the number.
LETTERED = """Eastmarch City Council

People Overview Scrutiny

Minutes

PEOS.20/24 Apologies for Absence

None.

PEOS.20/25 Declarations of Interest

None were declared.

PEOS.20/26 Ofsted Improvement Plan

The Director presented the plan.

Decision:

The Panel noted the plan.

PEOS.20/27 Work Programme

Members asked for a report on adoption.

Decision:

The Panel agreed the programme.
"""

# Year, meeting and item.
DOTTED = """Wellstead Council

Health and Care Board

20.1.1 Apologies

None.

20.1.2 Minutes of the previous meeting

Agreed as a record.

20.1.3 Children's services update

The Director said that Ofsted was expected.

AGREED:

That the update be noted.

20.1.4 Any other business

There was none.
"""

# Numbers without a full stop, run into the text by a dash.
RUN_IN = """Children and Young People Scrutiny Panel – 13 December 2010

PRESENT:  Councillor Gorse in the chair.

187  DECLARATIONS OF INTEREST – There were no declarations.

188  PUBLIC REQUESTS TO SPEAK – There were none.

189  OFSTED ASSESSMENT – The chair welcomed the Director, who said that the assessment was good.

Resolved – That the assessment be noted.

190  HOME EDUCATION – The Panel heard that numbers had risen.

Resolved – That a review be held.
"""

# A saved page of a meeting: numbers on lines of their own, and labels under each item.
PAGE = """Agenda and minutes

Children and Families Committee - Monday, 28th September, 2015 2.00 pm

Venue: Room 1

Contact: A Clerk

Items
No. Item

11.

Also Present

Minutes:

Councillor Heath – Portfolio Holder

12.

Declarations of Interest

To provide an opportunity for Members to declare any interests.

Minutes:

There were no declarations of interest.

13.

Ofsted Action Plan

To consider the plan.

Minutes:

The Director said that Ofsted found audits weak.

Decision:

The Committee noted the plan.

Supporting documents:

Plan

14.

Work Programme

To consider the programme.

Minutes:

Members asked for a report on fostering.

RESOLVED – That the programme be agreed.
"""

# Minutes with their agenda's numbers behind them.
BEHIND = """Westwold County Council

CHILDREN'S CABINET COMMITTEE

MINUTES of a meeting of the Children's Cabinet Committee held on 8 July 2021

54. Apologies and Substitutes
(Item 2)

Apologies were received from Mr Ivy.

55. Ofsted ILACS Readiness
(Item 5)

The Director introduced the report.

RESOLVED to note the report.

56. Performance Dashboard
(Item 6)

Members asked about caseloads.

RESOLVED to note the dashboard.
"""

# The agenda's own word and number.
WORDED = """Northfell Council

Children's Services Improvement Board

Item 1 – Apologies for absence

None.

Item 2 – Minutes of the previous meeting

Agreed.

Item 3 – Ofsted monitoring visit feedback

Officers confirmed that the visit had gone well.

Agreed: That the feedback be shared.

Item 4 – Any other business

None.
"""

# Inner lists that are numbered from 1 again, and items whose number runs into a sentence.
LISTED = """Stonebeck Council

Scrutiny Panel

Minutes of the meeting held on Monday 6 June 2022

1. Apologies for absence were received from Councillor Juniper.

2. Declarations of interest: none.

3. Ofsted inspection outcome

The Panel heard that leaders would:

1. Recruit more social workers
2. Train managers
3. Audit cases
4. Report monthly

RESOLVED that:

1. the outcome be noted
2. the plan be brought back

4. Early help

The Panel discussed early help.

RESOLVED that:

1. the report be welcomed

5. Date of next meeting

5 September 2022.
"""
