"""The help pages: what each of the people does here, step by step, in the words of the pages."""

from dataclasses import dataclass

from eventsapp.core.errors import N_


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to know; both texts are translated where they are shown."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Topic:
    """A page for one kind of people; ``picture`` is a file of ``static/help`` without language."""

    key: str
    title: str
    lead: str
    steps: tuple[Step, ...]
    picture: str = ""
    # What the picture shows, for whoever cannot see it.
    picture_text: str = ""
    is_tall: bool = False

    def picture_of(self, lang: str) -> str:
        return f"help/{self.picture}-{lang}.png"


PARTICIPANTS = Topic(
    key="participants",
    title=N_("Taking part in a workshop"),
    lead=N_("You need no account. A link in your mail opens your own page."),
    steps=(
        Step(
            N_("Register"),
            N_(
                "Open the workshop's page, choose whether you come or join online, and send the "
                "form. You get a mail with an entry for your calendar. Where all seats are taken "
                "you are put on the waiting list, and told as soon as a seat is free."
            ),
        ),
        Step(
            N_("Your own page"),
            N_(
                "The link in the mail opens your page: what you registered, the joining link once "
                "you are confirmed, another way of taking part, cancelling, the spelling of your "
                "name. If you have lost the mail, have the link sent again from the workshop's "
                "page."
            ),
        ),
        Step(
            N_("At the door"),
            N_(
                "Show the code on your page or say your name. Online there is nothing to do: the "
                "video tool notes who was there."
            ),
        ),
        Step(
            N_("Feedback"),
            N_(
                "Answer on your phone, with the link or the card you were given. Without "
                "reception your answer is kept on the phone and sent later; the page says which "
                "of the two it is. A link or a card counts once."
            ),
        ),
        Step(
            N_("Who can read your answers"),
            N_(
                "Once the form is closed, nobody who holds the whole database and the logs can "
                "tell from them who gave which answer. That does not cover what you write about "
                "yourself, and recovery copies are kept for up to seven days after closing. "
                "Results of small groups are not shown."
            ),
        ),
        Step(
            N_("Certificate"),
            N_(
                "After the workshop your page offers a certificate, if you were there long "
                "enough. Anybody who is shown it can check it with the code printed on it."
            ),
        ),
    ),
    picture="feedback",
    picture_text=N_("A feedback form on a phone"),
    is_tall=True,
)

ORGANISERS = Topic(
    key="organisers",
    title=N_("Running a workshop"),
    lead=N_("The bar on top of every workshop says what is done and what comes next."),
    steps=(
        Step(
            N_("Register the workshop"),
            N_(
                "Title, project, dates, place and format are enough to begin. Add the agenda, the "
                "presenting teams and the seats, then announce it and open the registration. "
                "A workshop that comes again can be copied to other dates."
            ),
        ),
        Step(
            N_("Invite people"),
            N_(
                "Paste addresses under People › Invite, or share the public page. Requests, "
                "waiting list and delegations stand in one list; you can write to a part of it."
            ),
        ),
        Step(
            N_("Check people in"),
            N_(
                "Open Check in on a phone and point it at the codes. It goes on without reception "
                "and sends later what it noted. A list that people tick themselves, signature "
                "sheets to print and a head count are there too."
            ),
        ),
        Step(
            N_("Attendance files"),
            N_(
                "Load the file that your video tool exports. You see who was recognised and who "
                "was not before anything is written, and an import can be undone. Where the "
                "columns are not known, you say once what they mean."
            ),
        ),
        Step(
            N_("Feedback"),
            N_(
                "Begin with a ready form and change its questions. Choose how people get the "
                "right to answer: cards, personal links or one link for all. This cannot be "
                "changed once the first one is handed out. Until ten answers are in you see only "
                "how many there are."
            ),
        ),
        Step(
            N_("Hand it over"),
            N_(
                "A colleague can take the workshop from you. Cancelling tells everybody and can "
                "be undone."
            ),
        ),
    ),
    picture="people",
    picture_text=N_("The people of a workshop, with what each of them did"),
)

STAFF = Topic(
    key="staff",
    title=N_("From a workshop to its report and its news"),
    lead=N_("The report has drafted itself. You change wording, never figures."),
    steps=(
        Step(
            N_("Open the report"),
            N_(
                "Every section is written from what was registered, checked in and answered. "
                "Change a sentence and the preview beside it changes too; what you type is kept "
                "even if the connection is lost."
            ),
        ),
        Step(
            N_("Facts"),
            N_(
                "A figure is a reference such as {participants.attended}: search for it, put it "
                "into the text, and follow it to the rows it was counted from. A number typed by "
                "hand is pointed out."
            ),
        ),
        Step(
            N_("Review"),
            N_(
                "Send the report for review. Somebody else approves it or sends it back with a "
                "reason; an approver who is away can be replaced."
            ),
        ),
        Step(
            N_("Editions"),
            N_(
                "Issuing freezes the figures under a number, for the public or for donors, in "
                "each language. When data changes later, the page says which figures are out of "
                "date and offers the next edition. An issued edition never changes."
            ),
        ),
        Step(
            N_("News"),
            N_(
                "The article is composed from the edition. Publish it now or on a day, and it goes "
                "to the page, the feeds and every channel. One correction or withdrawal reaches "
                "all of them."
            ),
        ),
    ),
    picture="report",
    picture_text=N_("A report with its editions and the preview"),
)

READERS = Topic(
    key="readers",
    title=N_("Following the news"),
    lead=N_("Nothing here asks for an account, and no cookie is set for readers."),
    steps=(
        Step(
            N_("By mail or feed"),
            N_(
                "Subscribe to all news or to those of a country, a project or a language. Every "
                "mail has a link that ends it at once. Feeds for readers stand on the news page, "
                "and every project and country has its own."
            ),
        ),
        Step(
            N_("The report behind an article"),
            N_(
                "An article of a workshop carries its report as an accessible PDF. Both print the "
                "same code: it names the frozen figures they were made from."
            ),
        ),
        Step(
            N_("Corrections"),
            N_(
                "What is corrected after publication says so, with the date and what changed. What "
                "is withdrawn keeps its address and says why."
            ),
        ),
        Step(
            N_("Languages"),
            N_(
                "Choose English, French or Arabic above. A text that is not translated is shown "
                "in its own language, and a translation older than its original says so."
            ),
        ),
    ),
    picture="article",
    picture_text=N_("A published article with its report"),
)

ADMINISTRATORS = Topic(
    key="administrators",
    title=N_("Looking after the site"),
    lead=N_("Users, projects, donors and the channels that news goes out on."),
    steps=(
        Step(
            N_("Users and roles"),
            N_(
                "Organisers run workshops, staff write reports and news, editors approve and "
                "publish. Roles add up. All but organisers need a second factor or a passkey."
            ),
        ),
        Step(
            N_("Projects and donors"),
            N_(
                "A project knows its donors, their emblems and statements, its contracts with "
                "their disclaimers, its indicators and the order of its reports' sections. What is "
                "published is checked against the donors' rules."
            ),
        ),
        Step(
            N_("Channels"),
            N_(
                "Other sites are told of news by WordPress or a webhook. The page shows what each "
                "of them has, what failed and why, and tries again when told to."
            ),
        ),
        Step(
            N_("In a terminal"),
            N_("The README lists settings and commands: migration, workers, mail that came back."),
        ),
    ),
)

TOPICS = {topic.key: topic for topic in (PARTICIPANTS, READERS, ORGANISERS, STAFF, ADMINISTRATORS)}
