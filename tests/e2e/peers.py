"""Real peers for tests: Orthanc with DICOMweb and DCMTK's tools, on free ports of the loopback, gone with the test.

    if peers.Orthanc.missing():
        self.skipTest(peers.Orthanc.missing())
    with peers.Orthanc() as orthanc:
        attest.signed_in("node", "add", "pacs", *orthanc.dimse_words())
"""

import base64
import json
import os
import pathlib
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request

PLUGIN = pathlib.Path("/usr/share/orthanc/plugins/libOrthancDicomWeb.so")
PATIENCE_S = 30


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def program(name):
    return shutil.which(name, path=os.environ.get("PATH", "") + ":/usr/sbin:/usr/bin")


class Server:
    """A program that listens on a port. Stop and start again with the same ports and data: stop(), start()."""

    def __init__(self):
        self._folder = tempfile.TemporaryDirectory()
        self.folder = pathlib.Path(self._folder.name)
        self.process = None

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.stop()
        self._folder.cleanup()

    def words(self):
        raise NotImplementedError

    def ports(self):
        raise NotImplementedError

    def start(self):
        with open(self.folder / "log", "ab") as log:
            self.process = subprocess.Popen(self.words(), stdout=log, stderr=log, cwd=self.folder,
                                            env={**os.environ, "TCP_NODELAY": "1"})
        for port in self.ports():
            self._await(port)

    def _await(self, port):
        end = time.monotonic() + PATIENCE_S
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                return
            except OSError:
                if self.process.poll() is not None or time.monotonic() > end:
                    raise AssertionError("a peer did not start:\n" + (self.folder / "log").read_text()) from None
                time.sleep(0.02)

    def stop(self):
        """As when somebody switches it off."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None


class Orthanc(Server):
    aet = "ORTHANC"
    user = "attest"
    password = "sesame"

    def __init__(self, move_port=None, aet_of_ours="ATTEST", knows_all=True):
        super().__init__()
        self.dicom_port, self.http_port = free_port(), free_port()
        allow = {f"DicomAlwaysAllow{what}": knows_all for what in ("Echo", "Store", "Find", "Get", "Move")}
        (self.folder / "orthanc.json").write_text(json.dumps({
            "StorageDirectory": "db", "IndexDirectory": "db", "Plugins": [str(PLUGIN)], "HttpPort": self.http_port,
            "DicomPort": self.dicom_port, "DicomAet": self.aet, "DicomCheckCalledAet": True,
            "AuthenticationEnabled": True, "RegisteredUsers": {self.user: self.password}, "RemoteAccessAllowed": True,
            "DicomModalities": {"attest": [aet_of_ours, "127.0.0.1", move_port or free_port()]},
            "OverwriteInstances": True, "SaveJobs": False, "DicomWeb": {"Enable": True, "Root": "/dicom-web/"},
            **allow}))

    @staticmethod
    def missing():
        """Why there is none on this machine; empty where there is one."""
        return "" if program("Orthanc") and PLUGIN.exists() else "Orthanc with DICOMweb is not installed here"

    def words(self):
        return [program("Orthanc"), "orthanc.json"]

    def ports(self):
        return [self.http_port, self.dicom_port]

    @property
    def url(self):
        return f"http://127.0.0.1:{self.http_port}/dicom-web"

    def dimse_words(self):
        """Options of `attest node add NAME`."""
        return ["--kind", "dimse", "--ae", self.aet, "--host", "127.0.0.1", "--port", str(self.dicom_port)]

    def web_words(self):
        """Options of `attest node add NAME`; the password is read from standard input."""
        return ["--kind", "dicomweb", "--url", self.url, "--user", self.user]

    def rest(self, path, data=None, method=None):
        """Orthanc's own interface: JSON where it answers that, bytes else."""
        request = urllib.request.Request(f"http://127.0.0.1:{self.http_port}{path}", data=data, method=method)
        token = base64.b64encode(f"{self.user}:{self.password}".encode()).decode()
        request.add_header("Authorization", "Basic " + token)
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(request, timeout=PATIENCE_S) as answer:
            body = answer.read()
            return json.loads(body) if "json" in answer.headers.get("Content-Type", "") else body

    def put(self, *files):
        """Gives it DICOM files."""
        for file in files:
            self.rest("/instances", pathlib.Path(file).read_bytes())

    def instances(self, modality=None):
        """Its instances as Orthanc describes them, of one modality or of all."""
        found = []
        for series in self.rest("/series?expand"):
            if modality in (None, series["MainDicomTags"].get("Modality")):
                found += [self.rest(f"/instances/{one}") for one in series["Instances"]]
        return found

    def delete(self, instance):
        self.rest(f"/instances/{instance['ID']}", method="DELETE")

    def file(self, instance, path):
        """Writes one of them as a file."""
        pathlib.Path(path).write_bytes(self.rest(f"/instances/{instance['ID']}/file"))
        return path


class Storescp(Server):
    """Takes what is sent and keeps it in `folder/store`."""
    aet = "STORESCP"

    def __init__(self):
        super().__init__()
        self.port = free_port()
        self.store = self.folder / "store"
        self.store.mkdir()

    @staticmethod
    def missing():
        return "" if program("storescp") else "DCMTK's storescp is not installed here"

    def words(self):
        return [program("storescp"), "-aet", self.aet, "-od", self.store, "+uf", str(self.port)]

    def ports(self):
        return [self.port]

    def dimse_words(self):
        return ["--kind", "dimse", "--ae", self.aet, "--host", "127.0.0.1", "--port", str(self.port)]
