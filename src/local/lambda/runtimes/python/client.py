"""The Python runtime: loads the handler named in _HANDLER and serves the Runtime API until it is ended."""

import base64
import importlib
import json
import logging
import os
import sys
import time
import traceback

IN_JSON = os.environ.get("AWS_LAMBDA_LOG_FORMAT", "").upper() == "JSON"


def wait_at_gate():
    """Blocks until every extension has registered; at the end of input there is nothing to start for."""
    if os.read(0, 1) == b"":
        os._exit(0)


class RuntimeApi:
    """One connection that is kept open, without any time limit. (http.client would double the start-up time.)"""

    def __init__(self, address):
        import socket

        host, port = address.split(":")
        self.host = address
        self.socket = socket.create_connection((host, int(port)))
        self.socket.settimeout(None)
        self.stream = self.socket.makefile("rb")

    def call(self, method, path, body=None, headers=()):
        lines = [f"{method} /2018-06-01/runtime/{path} HTTP/1.1", f"Host: {self.host}"]
        lines += [f"{name}: {value}" for name, value in headers]
        if body is not None:
            lines += ["Content-Type: application/json", f"Content-Length: {len(body)}"]
        head = "\r\n".join(lines) + "\r\n\r\n"
        self.socket.sendall(head.encode("latin-1", "replace") + (body or b""))
        status = int(self.stream.readline().split()[1])
        answer = {}
        while True:
            line = self.stream.readline().decode("latin-1").rstrip("\r\n")
            if line == "":
                break
            name, _, value = line.partition(":")
            answer[name.lower()] = value.strip()
        return status, answer, self.read_body(answer)

    def read_body(self, headers):
        if headers.get("transfer-encoding") != "chunked":
            return self.stream.read(int(headers.get("content-length", 0)))
        chunks = []
        while True:
            size = int(self.stream.readline().split(b";")[0], 16)
            chunks.append(self.stream.read(size))
            self.stream.readline()
            if size == 0:
                return b"".join(chunks)

    def next(self):
        status, headers, body = self.call("GET", "invocation/next")
        if status != 200:
            raise RuntimeError(f"The Runtime API refused next with {status}: {body.decode()}")
        return headers, body

    def respond(self, request_id, body):
        status, _, _ = self.call("POST", f"invocation/{request_id}/response", body)
        return status

    def invocation_error(self, request_id, error):
        self.call("POST", f"invocation/{request_id}/error", to_json(error), type_header(error))

    def init_error(self, error):
        self.call("POST", "init/error", to_json(error), type_header(error))


def type_header(error):
    return [("Lambda-Runtime-Function-Error-Type", error["errorType"])]


def to_json(value):
    return json.dumps(value, ensure_ascii=False, default=decimal_to_number).encode()


def decimal_to_number(value):
    import decimal

    if isinstance(value, decimal.Decimal):
        return float(value)
    raise TypeError(f"Object of type {type(value).__name__} is not JSON serializable")


class Context:
    """What a handler is told of its invocation."""

    def __init__(self, headers):
        env = os.environ
        self.aws_request_id = headers["lambda-runtime-aws-request-id"]
        self.invoked_function_arn = headers["lambda-runtime-invoked-function-arn"]
        self.function_name = env["AWS_LAMBDA_FUNCTION_NAME"]
        self.function_version = env["AWS_LAMBDA_FUNCTION_VERSION"]
        self.memory_limit_in_mb = env["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"]
        self.log_group_name = env["AWS_LAMBDA_LOG_GROUP_NAME"]
        self.log_stream_name = env["AWS_LAMBDA_LOG_STREAM_NAME"]
        self.identity = None
        self.client_context = read_client_context(headers.get("lambda-runtime-client-context"))
        self._deadline_ms = int(headers["lambda-runtime-deadline-ms"])

    def get_remaining_time_in_millis(self):
        return max(0, self._deadline_ms - int(time.time() * 1000))


def read_client_context(text):
    for candidate in (text, base64_text(text)):
        try:
            return json.loads(candidate)
        except (TypeError, ValueError):
            continue
    return None


def base64_text(text):
    try:
        return base64.b64decode(text)
    except (TypeError, ValueError):
        return None


class LambdaHandler(logging.Handler):
    """Writes log records as one line each: [LEVEL], time, request id, text; or a JSON object."""

    request_id = ""

    def emit(self, record):
        text = self.format(record)
        if not IN_JSON:
            text = f"[{record.levelname}]\t{iso_time(record.created)}\t{self.request_id}\t{text}"
        write_line(text)


class JsonFormatter(logging.Formatter):
    """A log record as one JSON object, with what it was given in `extra`."""

    own = set(logging.makeLogRecord({}).__dict__) | {"message", "asctime", "taskName"}

    def __init__(self, handler):
        super().__init__()
        self.handler = handler

    def format(self, record):
        kind, error, trace = record.exc_info or (None, None, None)
        line = {
            "timestamp": iso_time(record.created),
            "level": record.levelname,
            "message": record.getMessage(),
            "logger": record.name,
            "stackTrace": traceback.format_tb(trace) if trace else None,
            "errorType": kind.__name__ if kind else None,
            "errorMessage": str(error) if kind else None,
            "requestId": self.handler.request_id or None,
            "location": f"{record.pathname}:{record.funcName}:{record.lineno}" if kind else None,
        }
        extra = {key: value for key, value in record.__dict__.items() if key not in self.own and key not in line}
        told = {key: value for key, value in {**line, **extra}.items() if value is not None}
        return json.dumps(told, ensure_ascii=False, default=str)


def iso_time(seconds):
    at = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(seconds))
    return f"{at}.{int(seconds % 1 * 1000):03d}Z"


def write_line(text):
    # A line end inside would make two events of one.
    sys.stdout.write(text.replace("\n", "\r") + "\n")
    sys.stdout.flush()


def describe(error_type, message, stack, request_id):
    return {
        "errorMessage": message,
        "errorType": error_type,
        "requestId": request_id,
        "stackTrace": stack,
    }


def describe_exception(error, request_id, own_frames):
    """own_frames: how many of the first frames are this file's."""
    stack = traceback.format_list(traceback.extract_tb(error.__traceback__)[own_frames:])
    return describe(type(error).__name__, str(error), stack, request_id)


def log_error(error):
    if IN_JSON:
        told = {"timestamp": iso_time(time.time()), "log_level": "ERROR", **error}
        write_line(json.dumps(told, ensure_ascii=False))
        return
    text = f"[ERROR] {error['errorType']}: {error['errorMessage']}"
    if error["stackTrace"]:
        text += "\nTraceback (most recent call last):\n" + "".join(error["stackTrace"]).rstrip("\n")
    write_line(text)


class InitFailure(Exception):
    def __init__(self, error_type, message, stack=()):
        super().__init__(message)
        self.error = describe(error_type, message, list(stack), "")


def load_handler(name):
    """Loads `folder/file.function`; throws InitFailure with Lambda's own types."""
    module_name, dot, function = name.rpartition(".")
    if not dot:
        raise InitFailure("Runtime.MalformedHandlerName", f"Bad handler '{name}': not enough values to unpack")
    try:
        module = importlib.import_module(module_name.replace("/", "."))
    except ImportError as error:
        message = f"Unable to import module '{module_name}': {error}"
        raise InitFailure("Runtime.ImportModuleError", message) from error
    except SyntaxError as error:
        place = f'  File "{error.filename}" Line {error.lineno}\n    {(error.text or "").strip()}\n'
        message = f"Syntax error in module '{module_name}': {error}"
        raise InitFailure("Runtime.UserCodeSyntaxError", message, [place]) from error
    try:
        return getattr(module, function)
    except AttributeError as error:
        message = f"Handler '{function}' missing on module '{module_name}'"
        raise InitFailure("Runtime.HandlerNotFound", message) from error


def handle(api, handler, headers, body):
    request_id = headers["lambda-runtime-aws-request-id"]
    trace_id = headers.get("lambda-runtime-trace-id")
    if trace_id:
        os.environ["_X_AMZN_TRACE_ID"] = trace_id
    else:
        os.environ.pop("_X_AMZN_TRACE_ID", None)
    try:
        event = json.loads(body)
        result = handler(event, Context(headers))
    except Exception as error:
        fail(api, request_id, describe_exception(error, request_id, 1))
        return
    try:
        answer = to_json(result)
    except Exception as error:
        message = f"Unable to marshal response: {error}"
        fail(api, request_id, describe("Runtime.MarshalError", message, [], request_id))
        return
    api.respond(request_id, answer)


def fail(api, request_id, error):
    log_error(error)
    api.invocation_error(request_id, error)


def main():
    if "--gated" in sys.argv:
        wait_at_gate()
    opt = sys.argv[1]
    del sys.argv[1:]
    api = RuntimeApi(os.environ["AWS_LAMBDA_RUNTIME_API"])
    task = os.environ["LAMBDA_TASK_ROOT"]
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    sys.path[0:1] = [task, f"{opt}/python/lib/python{version}/site-packages", f"{opt}/python"]
    log_handler = LambdaHandler()
    if IN_JSON:
        log_handler.setFormatter(JsonFormatter(log_handler))
    level = os.environ.get("AWS_LAMBDA_LOG_LEVEL", "").upper().replace("TRACE", "DEBUG")
    if isinstance(logging.getLevelName(level), int):
        logging.getLogger().setLevel(level)
    logging.getLogger().addHandler(log_handler)
    try:
        handler = load_handler(os.environ["_HANDLER"])
    except InitFailure as failure:
        log_error(failure.error)
        api.init_error(failure.error)
        sys.exit(1)
    except Exception as error:
        described = describe_exception(error, "", 2)
        log_error(described)
        api.init_error(described)
        sys.exit(1)
    while True:
        headers, body = api.next()
        log_handler.request_id = headers["lambda-runtime-aws-request-id"]
        handle(api, handler, headers, body)


main()
