"""The Web API's file methods: the three-step upload, and what became of it."""

from __future__ import annotations

from sandbox import events
from sandbox.answers import Json, Refusal, file_json, invalid
from sandbox.calls import Call, Method
from sandbox.workspace import File


def upload_url(call: Call) -> Json:
    """Step one: a place to post the bytes to."""
    if call.number("length", 0) <= 0:
        raise invalid("invalid_arguments", ["must be more than 0 [json-pointer:/length]"])
    name = call.needed("filename")
    file = File(call.workspace.new_id("F"), name, name, b"", call.string("alt_txt"))
    call.workspace.files[file.id] = file
    return {"file_id": file.id, "upload_url": f"{call.base_url}/upload/{file.id}"}


def complete_upload(call: Call) -> Json:
    """Step three, after the bytes: name the files and show them in a channel or thread."""
    wanted = call.structured("files")
    if not isinstance(wanted, list) or not wanted:
        raise invalid("invalid_arguments", ["missing required field: files [json-pointer:/files]"])
    files = [_uploaded(call, entry) for entry in wanted]
    if call.string("channel_id"):
        _share(call, files)
    return {"files": [file_json(file) for file in files]}


def _uploaded(call: Call, entry: Json) -> File:
    file = call.workspace.files.get(str(entry.get("id"))) if isinstance(entry, dict) else None
    if file is None or not file.content:
        raise Refusal("file_not_found")
    file.title = str(entry.get("title") or file.name)
    return file


def _share(call: Call, files: list[File]) -> None:
    channel = call.channel(argument="channel_id")
    parent = call.workspace.find(channel.id, call.string("thread_ts"))
    message = call.workspace.post(
        channel.id,
        call.workspace.bot_user,
        call.string("initial_comment"),
        files=[file.id for file in files],
        thread_ts=parent.thread if parent else None,
    )
    call.happened(events.message_posted(call.workspace, message))


def file_info(call: Call) -> Json:
    """One file."""
    file = call.workspace.files.get(call.needed("file"))
    if file is None:
        raise Refusal("file_not_found")
    return {"file": file_json(file)}


METHODS = {
    "files.getUploadURLExternal": Method(upload_url, ("files:write",)),
    "files.completeUploadExternal": Method(complete_upload, ("files:write",)),
    "files.info": Method(file_info, ("files:read",)),
}
