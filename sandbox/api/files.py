"""The Web API's file methods: the three steps of an upload, and what has become of it."""

from __future__ import annotations

from starlette.requests import Request

from sandbox import events
from sandbox.api.call import Call, Method
from sandbox.files import File
from sandbox.objects import Json, Refusal, file_json, invalid
from sandbox.workspace import Workspace

UPLOAD = "upload"  # what faults and the log call step two, which is no method of the Web API
ALT_TEXT_CHARACTERS = 1000


def upload_url(call: Call) -> Json:
    """Step one: a place to post the bytes to."""
    name, length = call.needed("filename"), _length(call)
    if len(call.string("alt_txt")) > ALT_TEXT_CHARACTERS:
        raise Refusal("alt_txt_too_large")
    id_ = call.workspace.new_id("F")
    created_at = int(call.workspace.now().timestamp())
    url = f"{call.base_url}/page/files/{id_}"
    call.workspace.files[id_] = File(id_, name, length, url, created_at, name, call.string("alt_txt"))
    return {"file_id": id_, "upload_url": f"{call.base_url}/upload/{id_}"}


def _length(call: Call) -> int:
    if call.needed("length") == "0":
        raise Refusal("missing_argument")  # so it is documented
    length = call.number("length", 0)
    if length < 0:
        raise invalid("invalid_arguments", ["must be more than 0 [json-pointer:/length]"])
    return length


async def sent_bytes(request: Request) -> bytes:
    """What was posted: raw bytes, or the one file in a multipart form."""
    if "multipart" not in request.headers.get("content-type", ""):
        return await request.body()
    async with request.form() as form:
        parts = [part for part in form.values() if not isinstance(part, str)]
        return await parts[0].read() if parts else b""


def receive(workspace: Workspace, id_: str, content: bytes) -> Json:
    """Step two: keep the bytes. Slack promises 200 for success alone, and the announced length is to be kept."""
    with workspace.lock:
        file = workspace.files.get(id_)
        if file is None or file.completed:
            return {"ok": False, "error": "file_not_found"}
        if len(content) != file.length:
            return {"ok": False, "error": f"{file.length} bytes were announced, and {len(content)} came"}
        file.content = content
        return {"ok": True, "length": len(content)}


def complete_upload(call: Call) -> Json:
    """Step three, once for each file: name the files and show them in a channel or thread; without one they stay private."""
    wanted = call.structured("files")
    if not isinstance(wanted, list) or not wanted:
        raise invalid("invalid_arguments", ["missing required field: files [json-pointer:/files]"])
    files = [_uploaded(call, entry) for entry in wanted]
    channel = call.channel(argument="channel_id") if call.string("channel_id") else None
    for file, entry in zip(files, wanted, strict=True):
        file.title = str(entry.get("title") or file.name)
        file.completed, file.calls_left = True, call.workspace.processing_calls
        file.channels = [channel.id] if channel else []
    if channel:
        _share(call, channel.id, files)
    return {"files": [file_json(call.workspace, file) for file in files]}


def _uploaded(call: Call, entry: Json) -> File:
    file = call.workspace.files.get(str(entry.get("id"))) if isinstance(entry, dict) else None
    if file is None or not file.content or file.completed:
        raise Refusal("file_not_found")
    return file


def _share(call: Call, channel: str, files: list[File]) -> None:
    parent = call.workspace.find(channel, call.string("thread_ts"))
    message = call.workspace.post(
        channel,
        call.workspace.app.user,
        call.string("initial_comment"),
        files=[file.id for file in files],
        thread_ts=parent.thread if parent else None,
    )
    call.happened(events.message_posted(call.workspace, message))


def file_info(call: Call) -> Json:
    """One completed file; the first answers may still show it as Slack has it before processing."""
    file = call.workspace.files.get(call.needed("file"))
    if file is None or not file.completed:
        raise Refusal("file_not_found")
    answer = {"file": file_json(call.workspace, file)}
    file.calls_left = max(0, file.calls_left - 1)
    return answer


def delete_file(call: Call) -> Json:
    """A file of the bot's own is gone for everybody, and from every message."""
    if call.workspace.files.pop(call.needed("file"), None) is None:
        raise Refusal("file_not_found")
    call.workspace.changed()
    return {}


METHODS = {
    "files.delete": Method(delete_file, ("files:write",)),
    "files.getUploadURLExternal": Method(upload_url, ("files:write",)),
    "files.completeUploadExternal": Method(complete_upload, ("files:write",)),
    "files.info": Method(file_info, ("files:read",)),
}
