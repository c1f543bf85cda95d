"""Who takes part in the practice workspace: the team with its fixed roles, the channels, the bot, and its practice keys."""

from __future__ import annotations

from sandbox.workspace import SLACKBOT, App, Channel, Person, Usergroup, Workspace

# None of these open anything outside this machine.
BOT_TOKEN = "xoxb-practice"  # noqa: S105
APP_TOKEN = "xapp-practice"  # noqa: S105
SIGNING_SECRET = "practice-signing-secret"  # noqa: S105
INTAKE_SECRET = "whsec_cHJhY3RpY2UtaW50YWtlLXNlY3JldC1mb3ItYW1lbmRz"  # noqa: S105
VERIFICATION_TOKEN = "practice-verification"  # noqa: S105

BOT_USER, BOT_ID, APP_ID = "UAMENDS01", "BAMENDS01", "AAMENDS01"
ANA, BEN, LEA, MAX = "UANA00001", "UBEN00001", "ULEA00001", "UMAX00001"
# Who is not on the team: besides Max, the guest, somebody of another workspace with which the channel is shared, a full
# member who is not in the channel, another app's bot, somebody who has left, and somebody whom Slack lets nobody see.
KIM, NIC, BOT, SAM, ZOE = "USTR00001", "UNIC00001", "UBOT00009", "UGONE0001", "UXXXXXXXX"
OTHER_TEAM = "TOTHERORG1"
CARE, GENERAL = "CCARE0001", "CGENERAL1"
CARE_TEAM = "SCARE0001"

# What the manifest asks for. chat:write.public is left out: the bot is invited to its channel. im:history is there so
# that a reminder of unknown fate can be looked for in a direct conversation before it is posted again.
SCOPES = frozenset(
    {
        "chat:write",
        "commands",
        "reactions:read",
        "reactions:write",
        "channels:history",
        "groups:history",
        "channels:read",
        "groups:read",
        "users:read",
        "users:read.email",
        "im:history",
        "im:write",
        "app_mentions:read",
        "dnd:read",
        "files:read",
        "files:write",
        "usergroups:read",
    }
)
SUBSCRIPTIONS = frozenset(
    {
        "channel_archive",
        "channel_id_changed",
        "channel_left",
        "channel_rename",
        "channel_unarchive",
        "group_archive",
        "group_left",
        "group_rename",
        "group_unarchive",
        "reaction_added",
        "reaction_removed",
        "app_mention",
        "app_home_opened",
        "member_joined_channel",
        "member_left_channel",
        "message.channels",
        "message.groups",
        "message.im",
        "user_change",
    }
)


def populate(workspace: Workspace) -> None:
    """Put the app, the team and the channels into an empty workspace."""
    with workspace.lock:
        workspace.app = _app()
        workspace.people = {person.id: person for person in _people()}
        colleagues = {ANA, BEN, LEA, MAX}
        workspace.channels = {
            CARE: Channel(CARE, "care", {*colleagues, BOT_USER}),
            GENERAL: Channel(GENERAL, "general", colleagues),
        }
        workspace.usergroups = {CARE_TEAM: Usergroup(CARE_TEAM, "care-team", "Care team", [ANA, BEN, LEA])}
        workspace.changed()


def add_others(workspace: Workspace) -> None:
    """Put those into a populated workspace who are not on the team; all but Nic and Sam see the cards in the channel."""
    others = (
        Person(KIM, "kim", "Kim Vogel", team_id=OTHER_TEAM, role="of another workspace"),
        Person(NIC, "nic", "Nic Adler", role="not in the channel"),
        Person(BOT, "deploys", "Deploys", tz="UTC", is_bot=True, role="another app's bot"),
        Person(SAM, "sam", "Sam Reuter", deleted=True, role="has left"),
        Person(ZOE, "zoe", "Zoe Unseen", unseen="user_not_found", role="unknown to Slack"),
    )
    with workspace.lock:
        workspace.people |= {person.id: person for person in others}
        workspace.channels[CARE].members |= {KIM, BOT, ZOE}
        workspace.channels[GENERAL].members |= {NIC, BOT, ZOE}
        workspace.changed()


def _app() -> App:
    return App(
        name="Amends",
        id=APP_ID,
        user=BOT_USER,
        bot_id=BOT_ID,
        bot_token=BOT_TOKEN,
        app_token=APP_TOKEN,
        signing_secret=SIGNING_SECRET,
        verification_token=VERIFICATION_TOKEN,
        scopes=set(SCOPES),
        subscriptions=set(SUBSCRIPTIONS),
        commands=("/case",),
        message_shortcuts={"open_case": "Open a case"},
    )


def _people() -> list[Person]:
    def colleague(id_: str, name: str, real_name: str, role: str, guest: bool = False) -> Person:
        return Person(id_, name, real_name, is_restricted=guest, role=role, email=f"{name}@example.org")

    return [
        colleague(ANA, "ana", "Ana Ortega", "owns cases"),
        colleague(BEN, "ben", "Ben Okafor", "takes over"),
        colleague(LEA, "lea", "Lea Brandt", "leads"),
        colleague(MAX, "max", "Max Winter", "guest, outside the team", guest=True),
        Person(BOT_USER, "amends", "Amends", tz="UTC", is_bot=True),
        Person(SLACKBOT, "slackbot", "Slackbot", tz="UTC", is_bot=False),
    ]
