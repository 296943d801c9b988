<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE" sourcelanguage="en">
<context>
    <name>attest::ui::AgentsPanel</name>
    <message>
        <source>waiting</source>
        <translation>wartet</translation>
    </message>
    <message>
        <source>running</source>
        <translation>läuft</translation>
    </message>
    <message>
        <source>done</source>
        <translation>fertig</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>fehlgeschlagen</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>angehalten</translation>
    </message>
    <message>
        <source>%1 tries</source>
        <translation>%1 Versuche</translation>
    </message>
    <message>
        <source>What it is for: %1
How it works: %2
Its limits: %3</source>
        <translation>Wofür: %1
Wie: %2
Grenzen: %3</translation>
    </message>
    <message>
        <source>Agents</source>
        <translation>Agenten</translation>
    </message>
    <message>
        <source>Run the agents</source>
        <translation>Agenten starten</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>No agent has looked at this case yet. They read the images and propose; only you accept.</source>
        <translation>Noch hat kein Agent diesen Fall gesehen. Agenten lesen die Bilder und schlagen vor; annehmen können nur Sie.</translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation>Startet…</translation>
    </message>
    <message>
        <source>Run again</source>
        <translation>Erneut starten</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>Hält an…</translation>
    </message>
    <message>
        <source>%1 earlier</source>
        <translation>%1 frühere</translation>
    </message>
    <message>
        <source>version %1</source>
        <translation>Version %1</translation>
    </message>
</context>
<context>
    <name>attest::ui::DeliveriesCard</name>
    <message>
        <source>waiting</source>
        <translation>wartet</translation>
    </message>
    <message>
        <source>sending</source>
        <translation>wird gesendet</translation>
    </message>
    <message>
        <source>delivered</source>
        <translation>zugestellt</translation>
    </message>
    <message>
        <source>not delivered</source>
        <translation>nicht zugestellt</translation>
    </message>
    <message>
        <source>version %1</source>
        <translation>Version %1</translation>
    </message>
    <message>
        <source>%1 tries</source>
        <translation>%1 Versuche</translation>
    </message>
    <message>
        <source>again at %1</source>
        <translation>erneut um %1</translation>
    </message>
    <message>
        <source>Send again now</source>
        <translation>Jetzt erneut senden</translation>
    </message>
    <message>
        <source>Delivery</source>
        <translation>Zustellung</translation>
    </message>
    <message>
        <source>Tries at once what is not delivered; nothing is lost meanwhile</source>
        <translation>Versucht sofort, was nicht zugestellt ist; bis dahin geht nichts verloren</translation>
    </message>
    <message>
        <source>No destination is set up. A PACS that receives signed cases is a node with “send signed cases”.</source>
        <translation>Kein Ziel ist eingerichtet. Ein PACS, das signierte Fälle erhält, ist ein Knoten mit „Signierte Fälle dorthin senden“.</translation>
    </message>
</context>
<context>
    <name>attest::ui::DetailsPanel</name>
    <message>
        <source>regular volume</source>
        <translation>regelmäßiges Volumen</translation>
    </message>
    <message>
        <source>tilted gantry</source>
        <translation>gekippte Gantry</translation>
    </message>
    <message>
        <source>uneven slice steps</source>
        <translation>ungleiche Schichtabstände</translation>
    </message>
    <message>
        <source>missing slices</source>
        <translation>fehlende Schichten</translation>
    </message>
    <message>
        <source>duplicate slices</source>
        <translation>doppelte Schichten</translation>
    </message>
    <message>
        <source>mixed orientations</source>
        <translation>gemischte Ausrichtungen</translation>
    </message>
    <message>
        <source>no volume</source>
        <translation>kein Volumen</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>ID</source>
        <translation>ID</translation>
    </message>
    <message>
        <source>Born</source>
        <translation>Geboren</translation>
    </message>
    <message>
        <source>Sex, age</source>
        <translation>Alter</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>Beschreibung</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>Datum</translation>
    </message>
    <message>
        <source>Accession</source>
        <translation>Auftragsnr.</translation>
    </message>
    <message>
        <source>Referred by</source>
        <translation>Zuweiser</translation>
    </message>
    <message>
        <source>Study ID</source>
        <translation>Studien-ID</translation>
    </message>
    <message>
        <source>Study UID</source>
        <translation>Studien-UID</translation>
    </message>
    <message>
        <source>Series</source>
        <translation>Serie</translation>
    </message>
    <message>
        <source>Modality</source>
        <translation>Modalität</translation>
    </message>
    <message>
        <source>Body part</source>
        <translation>Körperregion</translation>
    </message>
    <message>
        <source>Protocol</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>Machine</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>Series UID</source>
        <translation>Serien-UID</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Geometry</source>
        <translation>Geometrie</translation>
    </message>
    <message>
        <source>Values</source>
        <translation>Werte</translation>
    </message>
    <message>
        <source>Voxel</source>
        <translation>Voxel</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Hinweis</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Details</translation>
    </message>
    <message>
        <source>Patient</source>
        <translation>Patient</translation>
    </message>
    <message>
        <source>Study</source>
        <translation>Studie</translation>
    </message>
    <message>
        <source>Series in the active viewport</source>
        <translation>Serie im aktiven Fenster</translation>
    </message>
    <message>
        <source>Its images</source>
        <translation>Ihre Bilder</translation>
    </message>
</context>
<context>
    <name>attest::ui::EditBar</name>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>Editing</source>
        <translation>Bearbeiten</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>Drawing “%1”</source>
        <translation>„%1“ zeichnen</translation>
    </message>
    <message>
        <source>Editing “%1”</source>
        <translation>„%1“ bearbeiten</translation>
    </message>
    <message>
        <source>saving…</source>
        <translation>speichert…</translation>
    </message>
    <message>
        <source>saved</source>
        <translation>gespeichert</translation>
    </message>
    <message>
        <source>Undo stroke %1</source>
        <translation>Strich %1 zurück</translation>
    </message>
    <message>
        <source>Redo stroke %1</source>
        <translation>Strich %1 wieder</translation>
    </message>
    <message>
        <source>Brush diameter</source>
        <translation>Pinseldurchmesser</translation>
    </message>
    <message>
        <source>Brush diameter (%1 smaller, %2 larger)</source>
        <translation>Pinseldurchmesser (%1 kleiner, %2 größer)</translation>
    </message>
    <message>
        <source>Ø %1</source>
        <comment>a diameter</comment>
        <translation>Ø %1</translation>
    </message>
</context>
<context>
    <name>attest::ui::EmptyList</name>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Show all cases</source>
        <translation>Alle Fälle zeigen</translation>
    </message>
    <message>
        <source>Choose a folder…</source>
        <translation>Ordner wählen…</translation>
    </message>
    <message>
        <source>Open a folder</source>
        <translation>Ordner öffnen</translation>
    </message>
    <message>
        <source>A CD, a download, an export: everything that is DICOM in it is found, the rest is named.</source>
        <translation>Eine CD, ein Download, ein Export: Alles, was DICOM ist, wird gefunden; der Rest wird genannt.</translation>
    </message>
    <message>
        <source>No cases yet</source>
        <translation>Noch keine Fälle</translation>
    </message>
    <message>
        <source>Nothing here</source>
        <translation>Hier ist nichts</translation>
    </message>
    <message>
        <source>Drop a folder or files anywhere in this window, or choose:</source>
        <translation>Ziehen Sie einen Ordner oder Dateien irgendwo in dieses Fenster, oder wählen Sie:</translation>
    </message>
    <message>
        <source>No case fits</source>
        <translation>Kein Fall passt</translation>
    </message>
    <message>
        <source>Every word must match. Try fewer, or a field: modality:CT, status:signed, id:4711</source>
        <translation>Jedes Wort muss passen. Versuchen Sie weniger, oder ein Feld: modality:CT, status:signed, id:4711</translation>
    </message>
    <message>
        <source>Loading cases…</source>
        <translation>Fälle werden geladen…</translation>
    </message>
    <message>
        <source>Query a PACS…</source>
        <translation>PACS abfragen…</translation>
    </message>
    <message>
        <source>Query a PACS</source>
        <translation>PACS abfragen</translation>
    </message>
    <message>
        <source>Find a patient&apos;s studies in your archive and fetch them. The prior can be fetched as well.</source>
        <translation>Finden Sie die Studien eines Patienten in Ihrem Archiv und holen Sie sie. Auch die Voraufnahme lässt sich holen.</translation>
    </message>
    <message>
        <source>Make the cases</source>
        <translation>Fälle erzeugen</translation>
    </message>
    <message>
        <source>Being made…</source>
        <translation>Werden erzeugt…</translation>
    </message>
    <message>
        <source>Load the demonstration</source>
        <translation>Demonstration laden</translation>
    </message>
    <message>
        <source>Phantoms, no patients: a chest CT with an earlier one, and another. They are made here in about half a minute, and read like any case.</source>
        <translation>Phantome, keine Patienten: ein Thorax-CT mit Voraufnahme und ein weiteres. Sie werden hier in etwa einer halben Minute erzeugt und wie jeder Fall befundet.</translation>
    </message>
    <message>
        <source>Nothing unread</source>
        <translation>Alles befundet</translation>
    </message>
    <message>
        <source>Every case is signed. Drop a folder or files anywhere in this window to read more.</source>
        <translation>Jeder Fall ist signiert. Ziehen Sie einen Ordner oder Dateien in dieses Fenster, um mehr zu lesen.</translation>
    </message>
    <message>
        <source>No case belongs in this list now.</source>
        <translation>Kein Fall gehört gerade in diese Liste.</translation>
    </message>
</context>
<context>
    <name>attest::ui::FindingCard</name>
    <message>
        <source>drawn by %1</source>
        <translation>gezeichnet von %1</translation>
    </message>
    <message>
        <source>rank %1 of %2</source>
        <translation>Rang %1 von %2</translation>
    </message>
    <message>
        <source>Accept</source>
        <translation>Annehmen</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Bearbeiten</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>Ablehnen</translation>
    </message>
    <message>
        <source>Unsure</source>
        <translation>Unsicher</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Rejected: %1</source>
        <translation>Abgelehnt: %1</translation>
    </message>
    <message>
        <source>saving…</source>
        <translation>speichert…</translation>
    </message>
    <message>
        <source>unsure</source>
        <translation>unsicher</translation>
    </message>
    <message>
        <source>not in the signed report of %1</source>
        <translation>nicht im signierten Befund vom %1</translation>
    </message>
    <message>
        <source>new</source>
        <translation>neu</translation>
    </message>
</context>
<context>
    <name>attest::ui::FindingsPanel</name>
    <message>
        <source>Draw a finding</source>
        <translation>Befund einzeichnen</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>Befunde</translation>
    </message>
    <message>
        <source>dismiss all</source>
        <translation>alle verwerfen</translation>
    </message>
    <message>
        <source>Dismiss what is below threshold (%1); it is kept for feedback</source>
        <translation>Verwirft, was unter der Schwelle liegt (%1); es bleibt als Rückmeldung erhalten</translation>
    </message>
    <message>
        <source>No agent has looked at this case. You can read it as any study.</source>
        <translation>Kein Agent hat diesen Fall gesehen. Sie können ihn wie jede Studie befunden.</translation>
    </message>
    <message>
        <source>Agents are working. Findings appear here; you can read meanwhile.</source>
        <translation>Die Agenten arbeiten. Befunde erscheinen hier; Sie können inzwischen lesen.</translation>
    </message>
    <message>
        <source>No findings. That is what the agents saw, not that nothing is there.</source>
        <translation>Keine Befunde. Das haben die Agenten gesehen; es heißt nicht, dass nichts da ist.</translation>
    </message>
    <message>
        <source>%1 more below threshold ·</source>
        <translation>%1 weitere unter der Schwelle ·</translation>
    </message>
    <message>
        <source>Ready to sign</source>
        <translation>Bereit zur Signatur</translation>
    </message>
    <message>
        <source>Before you can sign</source>
        <translation>Vor der Signatur</translation>
    </message>
    <message>
        <source>Everything is reviewed. %1 opens the sign dialog.</source>
        <translation>Alles ist geprüft. %1 öffnet den Dialog zur Signatur.</translation>
    </message>
    <message>
        <source>Saving…</source>
        <translation>Speichert…</translation>
    </message>
    <message>
        <source>Signed · version %1</source>
        <translation>Signiert · Version %1</translation>
    </message>
    <message>
        <source>by %1. A later change is an addendum.</source>
        <translation>von %1. Spätere Änderungen sind ein Nachtrag.</translation>
    </message>
    <message>
        <source>Undo: %1</source>
        <translation>Rückgängig: %1</translation>
    </message>
    <message>
        <source>Open an addendum</source>
        <translation>Nachtrag öffnen</translation>
    </message>
    <message>
        <source>Images or results came since. An addendum takes them up, as the next version.</source>
        <translation>Seither kamen Bilder oder Ergebnisse. Ein Nachtrag nimmt sie auf, als nächste Version.</translation>
    </message>
</context>
<context>
    <name>attest::ui::KeySheet</name>
    <message>
        <source>Keys of this screen</source>
        <translation>Tasten dieser Ansicht</translation>
    </message>
    <message>
        <source>Wheel scrolls the image under the pointer; middle drag pans, right drag zooms, double click shows one viewport alone. Single keys rest while you type in a field.</source>
        <translation>Das Mausrad blättert im Bild unter dem Zeiger; Ziehen mit der mittleren Taste verschiebt, mit der rechten zoomt, ein Doppelklick zeigt ein Fenster allein. Einzelne Tasten ruhen, während Sie in ein Feld schreiben.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>attest::ui::LesionRow</name>
    <message>
        <source>now %1</source>
        <translation>jetzt %1</translation>
    </message>
    <message>
        <source>compared after your read</source>
        <translation>verglichen, sobald Sie gelesen haben</translation>
    </message>
    <message>
        <source>its finding was rejected</source>
        <translation>sein Befund wurde abgelehnt</translation>
    </message>
    <message>
        <source>its place here is not known</source>
        <translation>sein Ort hier ist nicht bekannt</translation>
    </message>
    <message>
        <source>nothing paired within %1</source>
        <translation>nichts zugeordnet innerhalb %1</translation>
    </message>
    <message>
        <source>Measured</source>
        <translation>Gemessen</translation>
    </message>
    <message>
        <source>Resolved</source>
        <translation>Verschwunden</translation>
    </message>
    <message>
        <source>Not evaluable</source>
        <translation>Nicht beurteilbar</translation>
    </message>
    <message>
        <source>saving…</source>
        <translation>speichert…</translation>
    </message>
</context>
<context>
    <name>attest::ui::LesionsCard</name>
    <message>
        <source>Earlier lesions</source>
        <translation>Frühere Läsionen</translation>
    </message>
    <message>
        <source>%1 of %2 checked</source>
        <translation>%1 von %2 geprüft</translation>
    </message>
    <message>
        <source>Signed version %1 of %2 · %3 goes to the next</source>
        <translation>Signierte Version %1 vom %2 · %3 geht zur nächsten</translation>
    </message>
    <message>
        <source>Signed version %1 of %2. The two studies could not be aligned: look for them yourself.</source>
        <translation>Signierte Version %1 vom %2. Die Studien ließen sich nicht ausrichten: Bitte selbst suchen.</translation>
    </message>
</context>
<context>
    <name>attest::ui::ListenerCard</name>
    <message>
        <source>Our AE title</source>
        <translation>Unser AE-Titel</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>Port</translation>
    </message>
    <message>
        <source>Other machines may connect</source>
        <translation>Andere Rechner dürfen sich verbinden</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>Anwenden</translation>
    </message>
    <message>
        <source>Receiving</source>
        <translation>Empfang</translation>
    </message>
    <message>
        <source>Receiving (C-STORE)</source>
        <translation>Empfang (C-STORE)</translation>
    </message>
    <message>
        <source>Only nodes that may send to us are let in.</source>
        <translation>Nur Knoten, die an uns senden dürfen, werden zugelassen.</translation>
    </message>
    <message>
        <source>How other systems call this workstation</source>
        <translation>Wie andere Systeme diese Arbeitsstation nennen</translation>
    </message>
    <message>
        <source>The port to listen on; empty or 0: nothing is received</source>
        <translation>Der Port für den Empfang; leer oder 0: nichts wird empfangen</translation>
    </message>
    <message>
        <source>off</source>
        <translation>aus</translation>
    </message>
    <message>
        <source>Else only programs on this machine may connect</source>
        <translation>Sonst nur Programme auf diesem Rechner</translation>
    </message>
    <message>
        <source>Stores the settings and obeys them at once</source>
        <translation>Speichert die Einstellungen und befolgt sie sofort</translation>
    </message>
    <message>
        <source>listening</source>
        <translation>empfangsbereit</translation>
    </message>
    <message>
        <source>does not run</source>
        <translation>läuft nicht</translation>
    </message>
</context>
<context>
    <name>attest::ui::MainWindow</name>
    <message>
        <source>“%1” was left out: %2</source>
        <translation>„%1“ wurde ausgelassen: %2</translation>
    </message>
    <message>
        <source>%1 files were left out, the first of them “%2”: %3</source>
        <translation>%1 Dateien wurden ausgelassen, die erste „%2“: %3</translation>
    </message>
    <message>
        <source>%1 files in %2</source>
        <translation>%1 Dateien in %2</translation>
    </message>
    <message>
        <source>No %1: %2</source>
        <translation>Kein %1: %2</translation>
    </message>
    <message>
        <source>Open a folder of images</source>
        <translation>Ordner mit Bildern öffnen</translation>
    </message>
    <message>
        <source>Open files</source>
        <translation>Dateien öffnen</translation>
    </message>
</context>
<context>
    <name>attest::ui::NodeCard</name>
    <message>
        <source>receives signed cases</source>
        <translation>erhält signierte Fälle</translation>
    </message>
    <message>
        <source>may send to us</source>
        <translation>darf an uns senden</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>Testen</translation>
    </message>
    <message>
        <source>Edit…</source>
        <translation>Bearbeiten…</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Asks whether it is there and lets us in (C-ECHO, or a QIDO query)</source>
        <translation>Fragt, ob er da ist und uns zulässt (C-ECHO oder QIDO)</translation>
    </message>
    <message>
        <source>Name, address, rights</source>
        <translation>Name, Adresse, Rechte</translation>
    </message>
    <message>
        <source>Removes the node; images and cases stay</source>
        <translation>Entfernt den Knoten; Bilder und Fälle bleiben</translation>
    </message>
    <message>
        <source>asking…</source>
        <translation>fragt…</translation>
    </message>
    <message>
        <source>✓ answers, %1</source>
        <translation>✓ antwortet, %1</translation>
    </message>
    <message>
        <source>✕ does not work</source>
        <translation>✕ geht nicht</translation>
    </message>
    <message>
        <source>%1 It said: %2</source>
        <translation>%1 Es sagte: %2</translation>
    </message>
    <message>
        <source>Not encrypted: what goes there can be read on its way.</source>
        <translation>Unverschlüsselt: Was dorthin geht, kann unterwegs gelesen werden.</translation>
    </message>
    <message>
        <source>Not encrypted: the password and what goes there can be read on their way.</source>
        <translation>Unverschlüsselt: Das Passwort und was dorthin geht, kann unterwegs gelesen werden.</translation>
    </message>
</context>
<context>
    <name>attest::ui::NodeDialog</name>
    <message>
        <source>Send signed cases there</source>
        <translation>Signierte Fälle dorthin senden</translation>
    </message>
    <message>
        <source>It may send to us</source>
        <translation>Er darf an uns senden</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Add a node</source>
        <translation>Knoten hinzufügen</translation>
    </message>
    <message>
        <source>Edit the node</source>
        <translation>Knoten bearbeiten</translation>
    </message>
    <message>
        <source>C-ECHO, C-FIND, C-GET or C-MOVE, C-STORE</source>
        <translation>C-ECHO, C-FIND, C-GET oder C-MOVE, C-STORE</translation>
    </message>
    <message>
        <source>QIDO, WADO, STOW over HTTP</source>
        <translation>QIDO, WADO, STOW über HTTP</translation>
    </message>
    <message>
        <source>How you call it</source>
        <translation>Wie Sie ihn nennen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Its AE title</source>
        <translation>Sein AE-Titel</translation>
    </message>
    <message>
        <source>Host name or address</source>
        <translation>Rechnername oder Adresse</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>Port</translation>
    </message>
    <message>
        <source>Our AE title there</source>
        <translation>Unser AE-Titel dort</translation>
    </message>
    <message>
        <source>Address, as https://pacs.example/dicom-web</source>
        <translation>Adresse, wie https://pacs.example/dicom-web</translation>
    </message>
    <message>
        <source>User; empty: none</source>
        <translation>Benutzer; leer: keiner</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Passwort</translation>
    </message>
    <message>
        <source>unchanged</source>
        <translation>unverändert</translation>
    </message>
    <message>
        <source>Another node has this name.</source>
        <translation>Ein anderer Knoten hat diesen Namen.</translation>
    </message>
    <message>
        <source>It needs a name.</source>
        <translation>Er braucht einen Namen.</translation>
    </message>
    <message>
        <source>It needs an address that begins with http:// or https://.</source>
        <translation>Er braucht eine Adresse, die mit http:// oder https:// beginnt.</translation>
    </message>
    <message>
        <source>It needs an AE title, a host and a port.</source>
        <translation>Er braucht AE-Titel, Rechner und Port.</translation>
    </message>
</context>
<context>
    <name>attest::ui::NodesPage</name>
    <message>
        <source>Add a node…</source>
        <translation>Knoten hinzufügen…</translation>
    </message>
    <message>
        <source>PACS</source>
        <translation>PACS</translation>
    </message>
    <message>
        <source>Nodes</source>
        <translation>Knoten</translation>
    </message>
    <message>
        <source>Systems that speak DICOM: a PACS, an archive, another workstation.</source>
        <translation>Systeme, die DICOM sprechen: ein PACS, ein Archiv, eine andere Arbeitsstation.</translation>
    </message>
    <message>
        <source>Name, address, and what it may do</source>
        <translation>Name, Adresse, und was er darf</translation>
    </message>
    <message>
        <source>Loading…</source>
        <translation>Lädt…</translation>
    </message>
    <message>
        <source>No node yet. Add your PACS, test it, and query it here.</source>
        <translation>Noch kein Knoten. Fügen Sie Ihr PACS hinzu, testen Sie es und fragen Sie es hier ab.</translation>
    </message>
    <message>
        <source>No node yet. An administrator adds them.</source>
        <translation>Noch kein Knoten. Ein Administrator fügt sie hinzu.</translation>
    </message>
</context>
<context>
    <name>attest::ui::PreviewPanel</name>
    <message>
        <source>Series %1</source>
        <translation>Serie %1</translation>
    </message>
    <message>
        <source>%1 · %2 images</source>
        <translation>%1 · %2 Bilder</translation>
    </message>
    <message>
        <source>Choose a case to see what is in it and what the agents have done.</source>
        <translation>Wählen Sie einen Fall, um zu sehen, was er enthält und was die Agenten getan haben.</translation>
    </message>
    <message>
        <source>Read</source>
        <translation>Befunden</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>Vorschau</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>What the agents did</source>
        <translation>Was die Agenten getan haben</translation>
    </message>
    <message>
        <source>Nothing yet. You can read it as any study.</source>
        <translation>Noch nichts. Sie können ihn wie jede Studie befunden.</translation>
    </message>
    <message>
        <source>Change the priority</source>
        <translation>Priorität ändern</translation>
    </message>
    <message>
        <source>Priority: %1</source>
        <translation>Priorität: %1</translation>
    </message>
    <message>
        <source>Earlier studies</source>
        <translation>Voraufnahmen</translation>
    </message>
</context>
<context>
    <name>attest::ui::QueryPanel</name>
    <message>
        <source>today</source>
        <translation>heute</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Studies found</source>
        <translation>Gefundene Studien</translation>
    </message>
    <message>
        <source>Fetch</source>
        <translation>Holen</translation>
    </message>
    <message>
        <source>Query and fetch</source>
        <translation>Abfragen und holen</translation>
    </message>
    <message>
        <source>Patient</source>
        <translation>Patient</translation>
    </message>
    <message>
        <source>Family name, or the beginning of it; * and ? stand for letters</source>
        <translation>Nachname oder sein Anfang; * und ? stehen für Buchstaben</translation>
    </message>
    <message>
        <source>Patient ID</source>
        <translation>Patienten-ID</translation>
    </message>
    <message>
        <source>The whole ID, or with * and ?</source>
        <translation>Die ganze ID, oder mit * und ?</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>Datum</translation>
    </message>
    <message>
        <source>A day, “today”, “7 days”, or a range as 20260101-20260331</source>
        <translation>Ein Tag, „heute“, „7 Tage“, oder ein Bereich wie 20260101-20260331</translation>
    </message>
    <message>
        <source>Modality</source>
        <translation>Modalität</translation>
    </message>
    <message>
        <source>CT, MR, PT …</source>
        <translation>CT, MR, PT …</translation>
    </message>
    <message>
        <source>ID</source>
        <translation>ID</translation>
    </message>
    <message>
        <source>Study</source>
        <translation>Studie</translation>
    </message>
    <message>
        <source>Mod</source>
        <translation>Mod</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>Beschreibung</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>Brings the chosen study into the worklist (C-GET, C-MOVE or WADO)</source>
        <translation>Holt die gewählte Studie in die Arbeitsliste (C-GET, C-MOVE oder WADO)</translation>
    </message>
    <message>
        <source>The date was not understood. Try 2026-08-14, “today” or “7 days”.</source>
        <translation>Das Datum wurde nicht verstanden. Versuchen Sie 14.8.2026, „heute“ oder „7 Tage“.</translation>
    </message>
    <message>
        <source>Asking…</source>
        <translation>Fragt…</translation>
    </message>
    <message>
        <source>Asking %1…</source>
        <translation>Fragt %1…</translation>
    </message>
    <message>
        <source>Ask for a patient, a day or a modality. Empty fields match all.</source>
        <translation>Fragen Sie nach Patient, Tag oder Modalität. Leere Felder passen auf alles.</translation>
    </message>
    <message>
        <source>%1 has no such study.</source>
        <translation>%1 hat keine solche Studie.</translation>
    </message>
    <message>
        <source>1 study at %1</source>
        <translation>1 Studie bei %1</translation>
    </message>
    <message>
        <source>%1 studies at %2</source>
        <translation>%1 Studien bei %2</translation>
    </message>
    <message>
        <source>fetching from %1: %2 of %3</source>
        <translation>holt von %1: %2 von %3</translation>
    </message>
    <message>
        <source>fetching from %1…</source>
        <translation>holt von %1…</translation>
    </message>
    <message>
        <source>✓ fetched from %1; it is in the worklist</source>
        <translation>✓ von %1 geholt; sie ist in der Arbeitsliste</translation>
    </message>
</context>
<context>
    <name>attest::ui::ReadingBar</name>
    <message>
        <source>Slab off</source>
        <translation>Schicht aus</translation>
    </message>
    <message>
        <source>MIP %1</source>
        <translation>MIP %1</translation>
    </message>
    <message>
        <source>MinIP %1</source>
        <translation>MinIP %1</translation>
    </message>
    <message>
        <source>Mean %1</source>
        <translation>Mittel %1</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>Fenster</translation>
    </message>
    <message>
        <source>Window presets</source>
        <translation>Fenstervorgaben</translation>
    </message>
    <message>
        <source>Layout</source>
        <translation>Anordnung</translation>
    </message>
    <message>
        <source>Slab</source>
        <translation>Schichtdicke</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Zeigen</translation>
    </message>
    <message>
        <source>What is shown</source>
        <translation>Was gezeigt wird</translation>
    </message>
    <message>
        <source>Sign…</source>
        <translation>Signieren…</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>Werkzeuge</translation>
    </message>
    <message>
        <source>‹ Worklist</source>
        <translation>‹ Arbeitsliste</translation>
    </message>
    <message>
        <source>Back to the worklist</source>
        <translation>Zurück zur Arbeitsliste</translation>
    </message>
    <message>
        <source>Patient</source>
        <translation>Patient</translation>
    </message>
    <message>
        <source>Open the sign dialog (%1); it never signs by itself</source>
        <translation>Öffnet den Dialog zur Signatur (%1); er signiert nie von selbst</translation>
    </message>
    <message>
        <source>Window presets (1 to 9, 0 for the file&apos;s)</source>
        <translation>Fenstervorgaben (1 bis 9, 0 für die der Datei)</translation>
    </message>
    <message>
        <source>Layout (%1, %2, %3)</source>
        <translation>Anordnung (%1, %2, %3)</translation>
    </message>
    <message>
        <source>Thick slab (%1)</source>
        <translation>Dicke Schicht (%1)</translation>
    </message>
    <message>
        <source>Export into a folder</source>
        <translation>In einen Ordner exportieren</translation>
    </message>
    <message>
        <source>Shift %1</source>
        <translation>Umschalt %1</translation>
    </message>
    <message>
        <source>Window of the file	%1</source>
        <translation>Fenster der Datei	%1</translation>
    </message>
    <message>
        <source>Invert</source>
        <translation>Invertieren</translation>
    </message>
    <message>
        <source>2 × 2: planes and 3D</source>
        <translation>2 × 2: Ebenen und 3D</translation>
    </message>
    <message>
        <source>Active viewport alone</source>
        <translation>Aktives Fenster allein</translation>
    </message>
    <message>
        <source>Outlines</source>
        <translation>Umrisse</translation>
    </message>
    <message>
        <source>Crosshair lines</source>
        <translation>Fadenkreuz</translation>
    </message>
    <message>
        <source>Corner texts</source>
        <translation>Ecktexte</translation>
    </message>
    <message>
        <source>Who the patient is</source>
        <translation>Wer der Patient ist</translation>
    </message>
    <message>
        <source>Exporting…</source>
        <translation>Exportiert…</translation>
    </message>
    <message>
        <source>W/L %1</source>
        <translation>W/L %1</translation>
    </message>
    <message>
        <source>Opening…</source>
        <translation>Öffnet…</translation>
    </message>
    <message>
        <source>acc %1</source>
        <translation>Auftrag %1</translation>
    </message>
    <message>
        <source>Name hidden</source>
        <translation>Name verborgen</translation>
    </message>
    <message>
        <source>Prior</source>
        <translation>Vergleich</translation>
    </message>
    <message>
        <source>Linked</source>
        <translation>Gekoppelt</translation>
    </message>
    <message>
        <source>Case</source>
        <translation>Fall</translation>
    </message>
    <message>
        <source>This case</source>
        <translation>Dieser Fall</translation>
    </message>
    <message>
        <source>Next ›</source>
        <translation>Nächster ›</translation>
    </message>
    <message>
        <source>Park</source>
        <translation>Parken</translation>
    </message>
    <message>
        <source>Export, priority, parked cases</source>
        <translation>Export, Priorität, geparkte Fälle</translation>
    </message>
    <message>
        <source>Back to %1 (parked)</source>
        <translation>Zurück zu %1 (geparkt)</translation>
    </message>
    <message>
        <source>Priority: %1</source>
        <translation>Priorität: %1</translation>
    </message>
    <message>
        <source>Export into a folder…</source>
        <translation>In einen Ordner exportieren…</translation>
    </message>
    <message>
        <source>Not linked</source>
        <translation>Entkoppelt</translation>
    </message>
</context>
<context>
    <name>attest::ui::ReadingPage</name>
    <message>
        <source>Panels</source>
        <translation>Bereiche</translation>
    </message>
    <message>
        <source>Reading room</source>
        <translation>Befundung</translation>
    </message>
    <message>
        <source>Back to the worklist</source>
        <translation>Zurück zur Arbeitsliste</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>Befunde</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Bericht</translation>
    </message>
    <message>
        <source>Agents</source>
        <translation>Agenten</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Details</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>running</source>
        <translation>läuft</translation>
    </message>
    <message>
        <source>AI waits</source>
        <translation>KI wartet</translation>
    </message>
</context>
<context>
    <name>attest::ui::RejectStrip</name>
    <message>
        <source>Why is it rejected?</source>
        <translation>Warum wird er abgelehnt?</translation>
    </message>
    <message>
        <source>Why?</source>
        <translation>Warum?</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>Behalten</translation>
    </message>
</context>
<context>
    <name>attest::ui::ReportPanel</name>
    <message>
        <source>Report</source>
        <translation>Bericht</translation>
    </message>
    <message>
        <source>Confirm</source>
        <translation>Bestätigen</translation>
    </message>
    <message>
        <source>You stand for the marked sentences</source>
        <translation>Sie stehen für die markierten Sätze ein</translation>
    </message>
    <message>
        <source>Not saved: %1 Your text is still here.</source>
        <translation>Nicht gespeichert: %1 Ihr Text ist noch hier.</translation>
    </message>
    <message>
        <source>Saving…</source>
        <translation>Speichert…</translation>
    </message>
    <message>
        <source>Not saved yet</source>
        <translation>Noch nicht gespeichert</translation>
    </message>
    <message>
        <source>Saved. Numbers follow the outlines until you sign.</source>
        <translation>Gespeichert. Die Zahlen folgen den Umrissen, bis Sie signieren.</translation>
    </message>
    <message>
        <source>written by an agent</source>
        <translation>von einem Agenten</translation>
    </message>
    <message>
        <source>written by a person</source>
        <translation>von einer Person geschrieben</translation>
    </message>
    <message>
        <source>by %1, confirmed</source>
        <translation>von %1, bestätigt</translation>
    </message>
    <message>
        <source>by %1, not confirmed</source>
        <translation>von %1, nicht bestätigt</translation>
    </message>
    <message>
        <source>Preview PDF</source>
        <translation>PDF-Vorschau</translation>
    </message>
    <message>
        <source>Export PDF…</source>
        <translation>PDF exportieren…</translation>
    </message>
    <message>
        <source>Makes the PDF as it would leave now, and opens it</source>
        <translation>Erzeugt das PDF, wie es jetzt hinausginge, und öffnet es</translation>
    </message>
    <message>
        <source>Writes the PDF into a folder; before the signature every page says UNSIGNED</source>
        <translation>Schreibt das PDF in einen Ordner; vor der Signatur steht auf jeder Seite UNSIGNED</translation>
    </message>
    <message>
        <source>Export into a folder</source>
        <translation>In einen Ordner exportieren</translation>
    </message>
</context>
<context>
    <name>attest::ui::RevealCard</name>
    <message>
        <source>My read is done</source>
        <translation>Mein Befund steht</translation>
    </message>
    <message>
        <source>AI after me</source>
        <translation>KI nach mir</translation>
    </message>
    <message>
        <source>AI results wait until your own read is done</source>
        <translation>KI-Ergebnisse warten, bis Ihr eigener Befund steht</translation>
    </message>
    <message>
        <source>agents work</source>
        <translation>Agenten arbeiten</translation>
    </message>
    <message>
        <source>Read and draw what you see. Then press %1: what the agents propose appears, and only the differences are asked about.</source>
        <translation>Befunden und zeichnen Sie, was Sie sehen. Dann drücken Sie %1: Die Vorschläge der Agenten erscheinen, und nur nach Unterschieden wird gefragt.</translation>
    </message>
    <message>
        <source>You and the agents</source>
        <translation>Sie und die Agenten</translation>
    </message>
    <message>
        <source>revealed</source>
        <translation>aufgedeckt</translation>
    </message>
    <message>
        <source>Neither you nor the agents marked anything.</source>
        <translation>Weder Sie noch die Agenten haben etwas markiert.</translation>
    </message>
    <message>
        <source>You and the agents marked the same places.</source>
        <translation>Sie und die Agenten haben dieselben Stellen markiert.</translation>
    </message>
    <message>
        <source>Only the differences need a decision.</source>
        <translation>Nur die Unterschiede brauchen eine Entscheidung.</translation>
    </message>
    <message>
        <source>Only you</source>
        <translation>Nur Sie</translation>
    </message>
    <message>
        <source>Only the agents</source>
        <translation>Nur die Agenten</translation>
    </message>
    <message>
        <source>Both</source>
        <translation>Beide</translation>
    </message>
    <message>
        <source>Go to the next of them</source>
        <translation>Zum nächsten davon</translation>
    </message>
</context>
<context>
    <name>attest::ui::SeriesRail</name>
    <message>
        <source>Series %1</source>
        <translation>Serie %1</translation>
    </message>
    <message>
        <source>%1 (part %2)</source>
        <translation>%1 (Teil %2)</translation>
    </message>
    <message>
        <source>These images form no volume.</source>
        <translation>Diese Bilder bilden kein Volumen.</translation>
    </message>
    <message>
        <source>Series</source>
        <translation>Serie</translation>
    </message>
    <message>
        <source>Current · %1</source>
        <translation>Aktuell · %1</translation>
    </message>
    <message>
        <source>%1 · %2 images</source>
        <translation>%1 · %2 Bilder</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>Prior · %1</source>
        <translation>Zuvor · %1</translation>
    </message>
</context>
<context>
    <name>attest::ui::SetUpPage</name>
    <message>
        <source>You get every role; you can add colleagues with fewer later.</source>
        <translation>Sie erhalten alle Rollen; Kollegen mit weniger Rechten können Sie später hinzufügen.</translation>
    </message>
    <message>
        <source>Create and continue</source>
        <translation>Anlegen und weiter</translation>
    </message>
    <message>
        <source>Set up</source>
        <translation>Einrichten</translation>
    </message>
    <message>
        <source>Welcome to Attest</source>
        <translation>Willkommen bei Attest</translation>
    </message>
    <message>
        <source>Nothing an agent finds enters a record before a named person signs it. So first: who are you?</source>
        <translation>Nichts, was ein Agent findet, gelangt in eine Akte, bevor eine benannte Person es signiert. Darum zuerst: Wer sind Sie?</translation>
    </message>
    <message>
        <source>Your name, as it will stand under reports</source>
        <translation>Ihr Name, wie er unter Befunden steht</translation>
    </message>
    <message>
        <source>Password or PIN; typing it is what signs</source>
        <translation>Passwort oder PIN; mit der Eingabe signieren Sie</translation>
    </message>
    <message>
        <source>The same again</source>
        <translation>Noch einmal</translation>
    </message>
    <message>
        <source>The two are not the same yet.</source>
        <translation>Die beiden stimmen noch nicht überein.</translation>
    </message>
    <message>
        <source>✓ This will do.</source>
        <translation>✓ Das genügt.</translation>
    </message>
    <message numerus="yes">
        <source>A PIN needs at least 6 digits; %n more.</source>
        <translation>
            <numerusform>Eine PIN braucht mindestens 6 Ziffern; noch %n.</numerusform>
            <numerusform>Eine PIN braucht mindestens 6 Ziffern; noch %n.</numerusform>
        </translation>
    </message>
    <message>
        <source>At least 8 characters, or a PIN of at least 6 digits.</source>
        <translation>Mindestens 8 Zeichen, oder eine PIN aus mindestens 6 Ziffern.</translation>
    </message>
</context>
<context>
    <name>attest::ui::SignDialog</name>
    <message>
        <source>the report as it reads now</source>
        <translation>der Bericht, wie er jetzt lautet</translation>
    </message>
    <message>
        <source>no findings</source>
        <translation>keine Befunde</translation>
    </message>
    <message>
        <source>1 finding with its outline and measurements</source>
        <translation>1 Befund mit Umriss und Messwerten</translation>
    </message>
    <message>
        <source>%1 findings with their outlines and measurements</source>
        <translation>%1 Befunde mit Umrissen und Messwerten</translation>
    </message>
    <message>
        <source>1 confirmed structure</source>
        <translation>1 bestätigte Struktur</translation>
    </message>
    <message>
        <source>%1 confirmed structures</source>
        <translation>%1 bestätigte Strukturen</translation>
    </message>
    <message>
        <source>1 structure is not confirmed and stays out</source>
        <translation>1 Struktur ist nicht bestätigt und bleibt draußen</translation>
    </message>
    <message>
        <source>%1 structures are not confirmed and stay out</source>
        <translation>%1 Strukturen sind nicht bestätigt und bleiben draußen</translation>
    </message>
    <message>
        <source>the list of images it was made on</source>
        <translation>die Liste der Bilder, auf denen er beruht</translation>
    </message>
    <message>
        <source>Sign</source>
        <translation>Signieren</translation>
    </message>
    <message>
        <source>This is frozen as one version:</source>
        <translation>Das wird als eine Version festgeschrieben:</translation>
    </message>
    <message>
        <source>Your password or signing PIN</source>
        <translation>Ihr Passwort oder Ihre PIN</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>✓ Signed</source>
        <translation>✓ Signiert</translation>
    </message>
    <message>
        <source>Its SHA-256:</source>
        <translation>SHA-256:</translation>
    </message>
    <message>
        <source>To the worklist</source>
        <translation>Zur Arbeitsliste</translation>
    </message>
    <message>
        <source>Stay here</source>
        <translation>Hier bleiben</translation>
    </message>
    <message>
        <source>Sign the report of %1</source>
        <translation>Bericht von %1 signieren</translation>
    </message>
    <message>
        <source>Before you can sign</source>
        <translation>Vor der Signatur</translation>
    </message>
    <message>
        <source>Please note</source>
        <translation>Bitte beachten</translation>
    </message>
    <message>
        <source>first what is missing</source>
        <translation>zuerst, was noch fehlt</translation>
    </message>
    <message>
        <source>Signing…</source>
        <translation>Wird signiert…</translation>
    </message>
    <message>
        <source>Version %1 of the report of %2, signed by %3. It can no longer change; a later change is an addendum.</source>
        <translation>Version %1 des Berichts von %2, signiert von %3. Sie kann sich nicht mehr ändern; eine spätere Änderung ist ein Nachtrag.</translation>
    </message>
    <message>
        <source>what became of 1 earlier lesion</source>
        <translation>was aus 1 früheren Läsion wurde</translation>
    </message>
    <message>
        <source>what became of %1 earlier lesions</source>
        <translation>was aus %1 früheren Läsionen wurde</translation>
    </message>
    <message>
        <source>Sign and next</source>
        <translation>Signieren, weiter</translation>
    </message>
    <message>
        <source>Signs, and opens the next case of the queue</source>
        <translation>Signiert und öffnet den nächsten Fall der Warteschlange</translation>
    </message>
    <message>
        <source>and %1 more</source>
        <translation>und %1 weitere</translation>
    </message>
    <message>
        <source>What you typed is not saved.</source>
        <translation>Ihr Text ist nicht gespeichert.</translation>
    </message>
    <message>
        <source>An outline is still open. Close this, and finish it first.</source>
        <translation>Ein Umriss ist noch offen. Schließen Sie diesen Dialog, und beenden Sie ihn zuerst.</translation>
    </message>
    <message>
        <source>Saving what you typed…</source>
        <translation>Ihr Text wird gespeichert…</translation>
    </message>
    <message>
        <source>Saving your last change…</source>
        <translation>Letzte Änderung wird gespeichert…</translation>
    </message>
    <message>
        <source>1 sentence that an agent wrote: your signature confirms it</source>
        <translation>1 Satz, den ein Agent schrieb: Ihre Signatur bestätigt ihn</translation>
    </message>
    <message>
        <source>%1 sentences that agents wrote: your signature confirms them</source>
        <translation>%1 Sätze, die Agenten schrieben: Ihre Signatur bestätigt sie</translation>
    </message>
</context>
<context>
    <name>attest::ui::SignInPage</name>
    <message>
        <source>Sign in</source>
        <translation>Anmelden</translation>
    </message>
    <message>
        <source>Reader</source>
        <translation>Befunder</translation>
    </message>
    <message>
        <source>Password or PIN</source>
        <translation>Passwort oder PIN</translation>
    </message>
    <message>
        <source>Reader: %1</source>
        <translation>Befunder: %1</translation>
    </message>
    <message>
        <source>Opening the case database…</source>
        <translation>Falldatenbank wird geöffnet…</translation>
    </message>
    <message>
        <source>Locked. The open case and what you wrote are kept.</source>
        <translation>Gesperrt. Der offene Fall und Ihr Text bleiben erhalten.</translation>
    </message>
    <message>
        <source>Read, correct and sign with agents beside you.</source>
        <translation>Befunden, korrigieren, signieren – mit Agenten an Ihrer Seite.</translation>
    </message>
    <message>
        <source>The demonstration: its reader is demo, the password is %1.</source>
        <translation>Die Vorführung: Der Befunder heißt demo, das Kennwort ist %1.</translation>
    </message>
    <message>
        <source>Checking…</source>
        <translation>Prüft…</translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation>Entsperren</translation>
    </message>
</context>
<context>
    <name>attest::ui::StatusLine</name>
    <message>
        <source>agents: %1 of %2</source>
        <translation>Agenten: %1 von %2</translation>
    </message>
    <message>
        <source>%1 agents done, %2 failed</source>
        <translation>%1 Agenten fertig, %2 fehlgeschlagen</translation>
    </message>
    <message>
        <source>%1 agents done</source>
        <translation>%1 Agenten fertig</translation>
    </message>
    <message>
        <source>cancel</source>
        <translation>abbrechen</translation>
    </message>
    <message>
        <source>Cancel the import</source>
        <translation>Import abbrechen</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>stopping the import…</source>
        <translation>Import wird angehalten…</translation>
    </message>
    <message>
        <source>importing %1 of %2</source>
        <translation>importiert %1 von %2</translation>
    </message>
    <message>
        <source>looking for images… %1</source>
        <translation>sucht Bilder… %1</translation>
    </message>
    <message>
        <source>1 case</source>
        <translation>1 Fall</translation>
    </message>
    <message>
        <source>%1 cases</source>
        <translation>%1 Fälle</translation>
    </message>
    <message>
        <source>zoom %1 × fit   W %2 L %3</source>
        <translation>Zoom %1 × eingepasst   W %2 L %3</translation>
    </message>
    <message>
        <source>saving…</source>
        <translation>speichert…</translation>
    </message>
    <message>
        <source>all saved</source>
        <translation>alles gespeichert</translation>
    </message>
    <message>
        <source>no agents ran</source>
        <translation>keine Agenten gelaufen</translation>
    </message>
    <message>
        <source>making the demonstration…</source>
        <translation>Demonstration wird erzeugt…</translation>
    </message>
    <message>
        <source>making the demonstration: study %1 of %2</source>
        <translation>Demonstration wird erzeugt: Studie %1 von %2</translation>
    </message>
</context>
<context>
    <name>attest::ui::StructuresCard</name>
    <message>
        <source>Confirm all</source>
        <translation>Alle bestätigen</translation>
    </message>
    <message>
        <source>Structures</source>
        <translation>Strukturen</translation>
    </message>
    <message>
        <source>Show outline</source>
        <translation>Umriss zeigen</translation>
    </message>
    <message>
        <source>Hide outline</source>
        <translation>Umriss verbergen</translation>
    </message>
    <message>
        <source>saving…</source>
        <translation>speichert…</translation>
    </message>
    <message>
        <source>%1 to confirm</source>
        <translation>%1 zu bestätigen</translation>
    </message>
    <message>
        <source>confirmed</source>
        <translation>bestätigt</translation>
    </message>
    <message>
        <source>by %1</source>
        <translation>von %1</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Zeigen</translation>
    </message>
    <message>
        <source>Show each structure, its volume and its outline</source>
        <translation>Jede Struktur mit Volumen und Umriss zeigen</translation>
    </message>
    <message>
        <source>Hide</source>
        <translation>Verbergen</translation>
    </message>
</context>
<context>
    <name>attest::ui::Toast</name>
    <message>
        <source>Message</source>
        <translation>Meldung</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>attest::ui::TopBar</name>
    <message>
        <source>Worklist</source>
        <translation>Arbeitsliste</translation>
    </message>
    <message>
        <source>PACS</source>
        <translation>PACS</translation>
    </message>
    <message>
        <source>Reader</source>
        <translation>Befunder</translation>
    </message>
    <message>
        <source>Places</source>
        <translation>Orte</translation>
    </message>
    <message>
        <source>Cases that come back as you left them (%1: the last one)</source>
        <translation>Fälle, die so wiederkommen, wie Sie sie verließen (%1: der letzte)</translation>
    </message>
    <message>
        <source>Lock</source>
        <translation>Sperren</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>Abmelden</translation>
    </message>
    <message>
        <source>Parked · %1</source>
        <translation>Geparkt · %1</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>Nie</translation>
    </message>
    <message>
        <source>When nobody moved for %1 minutes</source>
        <translation>Wenn sich %1 Minuten lang nichts bewegt</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Your settings, lock, sign out (%1)</source>
        <translation>Ihre Einstellungen, sperren, abmelden (%1)</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>Darstellung</translation>
    </message>
    <message>
        <source>Lock by itself</source>
        <translation>Von selbst sperren</translation>
    </message>
</context>
<context>
    <name>attest::ui::ViewerCell</name>
    <message>
        <source>Drag a series here</source>
        <translation>Ziehen Sie eine Serie hierher</translation>
    </message>
    <message>
        <source>Loading…</source>
        <translation>Lädt…</translation>
    </message>
    <message>
        <source>Loading… %1 %</source>
        <translation>Lädt… %1 %</translation>
    </message>
    <message>
        <source>Viewport %1</source>
        <translation>Bildfenster %1</translation>
    </message>
    <message>
        <source>saving…</source>
        <translation>speichert…</translation>
    </message>
    <message>
        <source>3D viewport</source>
        <translation>3D-Fenster</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>Einpassen</translation>
    </message>
    <message>
        <source>Window of the file</source>
        <translation>Fenster der Datei</translation>
    </message>
    <message>
        <source>Invert</source>
        <translation>Invertieren</translation>
    </message>
    <message>
        <source>Alone, and back</source>
        <translation>Allein, und zurück</translation>
    </message>
    <message>
        <source>expected here: %1</source>
        <translation>hier erwartet: %1</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>prior · %1</source>
        <translation>Voraufnahme · %1</translation>
    </message>
    <message>
        <source>Scroll current and prior together</source>
        <translation>Aktuell und Voraufnahme gemeinsam blättern</translation>
    </message>
</context>
<context>
    <name>attest::ui::ViewerGrid</name>
    <message>
        <source>Images</source>
        <translation>Bilder</translation>
    </message>
</context>
<context>
    <name>attest::ui::WorklistModel</name>
    <message>
        <source>today %1</source>
        <translation>heute %1</translation>
    </message>
    <message>
        <source>yesterday %1</source>
        <translation>gestern %1</translation>
    </message>
    <message>
        <source>did not finish</source>
        <translation>nicht fertig geworden</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>no findings</source>
        <translation>keine Befunde</translation>
    </message>
    <message>
        <source>1 finding</source>
        <translation>1 Befund</translation>
    </message>
    <message>
        <source>%1 findings</source>
        <translation>%1 Befunde</translation>
    </message>
    <message>
        <source>%1 · %2 to review</source>
        <translation>%1 · %2 zu prüfen</translation>
    </message>
    <message>
        <source>Loading…</source>
        <translation>Lädt…</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>Patient</source>
        <translation>Patient</translation>
    </message>
    <message>
        <source>ID</source>
        <translation>ID</translation>
    </message>
    <message>
        <source>Sex, age</source>
        <translation>Alter</translation>
    </message>
    <message>
        <source>Mod</source>
        <translation>Mod</translation>
    </message>
    <message>
        <source>Region</source>
        <translation>Region</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>Beschreibung</translation>
    </message>
    <message>
        <source>Study</source>
        <translation>Studie</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>Agents</source>
        <translation>Agenten</translation>
    </message>
    <message>
        <source>Reader</source>
        <translation>Befunder</translation>
    </message>
    <message>
        <source>%1, changed</source>
        <translation>%1, geändert</translation>
    </message>
    <message>
        <source>Something came or changed since it was signed: look again, sign an addendum.</source>
        <translation>Seit der Signatur kam oder änderte sich etwas: noch einmal ansehen, Nachtrag signieren.</translation>
    </message>
    <message>
        <source>%1 of %2 findings wait for a person</source>
        <translation>%1 von %2 Befunden warten auf eine Person</translation>
    </message>
    <message>
        <source>done · after your read</source>
        <translation>fertig · nach Ihrem Befund</translation>
    </message>
    <message>
        <source>%1 · %2 low confidence</source>
        <translation>%1 · %2 unsicher</translation>
    </message>
    <message>
        <source>sending</source>
        <translation>wird gesendet</translation>
    </message>
    <message>
        <source>not delivered</source>
        <translation>nicht zugestellt</translation>
    </message>
    <message>
        <source>✓ delivered</source>
        <translation>✓ zugestellt</translation>
    </message>
    <message>
        <source>Priority</source>
        <translation>Priorität</translation>
    </message>
    <message>
        <source>Delivery</source>
        <translation>Zustellung</translation>
    </message>
</context>
<context>
    <name>attest::ui::WorklistPage</name>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Signed</source>
        <translation>Signiert</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Lists</source>
        <translation>Listen</translation>
    </message>
    <message>
        <source>Cases</source>
        <translation>Fälle</translation>
    </message>
    <message>
        <source>Worklist</source>
        <translation>Arbeitsliste</translation>
    </message>
    <message>
        <source>Search: words, or modality:CT  status:signed  id:4711   %1</source>
        <translation>Suchen: Wörter, oder modality:CT  status:signed  id:4711   %1</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Unread</source>
        <translation>Unbefundet</translation>
    </message>
    <message>
        <source>STAT</source>
        <translation>STAT</translation>
    </message>
    <message>
        <source>Mine</source>
        <translation>Meine</translation>
    </message>
    <message>
        <source>Every word must match; a field looks in one column</source>
        <translation>Jedes Wort muss passen; ein Feld sucht in einer Spalte</translation>
    </message>
    <message>
        <source>Bring in images from a folder, from files, from a PACS</source>
        <translation>Bilder aus Ordner, Dateien oder PACS holen</translation>
    </message>
    <message>
        <source>Folder…	%1</source>
        <translation>Ordner…	%1</translation>
    </message>
    <message>
        <source>Files…	%1</source>
        <translation>Dateien…	%1</translation>
    </message>
    <message>
        <source>Query a PACS…	%1</source>
        <translation>PACS abfragen…	%1</translation>
    </message>
    <message>
        <source>Load the demonstration</source>
        <translation>Demonstration laden</translation>
    </message>
</context>
<context>
    <name>errors</name>
    <message>
        <source>Stopped.</source>
        <translation>Angehalten.</translation>
    </message>
    <message>
        <source>What was finished before is kept. Start it again when you need the rest.</source>
        <translation>Was vorher fertig war, bleibt. Starten Sie erneut, wenn Sie den Rest brauchen.</translation>
    </message>
    <message>
        <source>This is no longer there.</source>
        <translation>Das ist nicht mehr da.</translation>
    </message>
    <message>
        <source>It may have been moved or removed. Open the worklist again, or import it again.</source>
        <translation>Es wurde vielleicht verschoben oder entfernt. Öffnen Sie die Arbeitsliste neu, oder importieren Sie es erneut.</translation>
    </message>
    <message>
        <source>This was not understood.</source>
        <translation>Das wurde nicht verstanden.</translation>
    </message>
    <message>
        <source>Check what you entered and try again.</source>
        <translation>Prüfen Sie die Eingabe und versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>The file is damaged or is not DICOM.</source>
        <translation>Die Datei ist beschädigt oder kein DICOM.</translation>
    </message>
    <message>
        <source>Send it again from where it came. Everything else is kept.</source>
        <translation>Senden Sie sie noch einmal von ihrer Quelle. Alles andere bleibt erhalten.</translation>
    </message>
    <message>
        <source>This version cannot read that kind of file.</source>
        <translation>Diese Version kann solche Dateien nicht lesen.</translation>
    </message>
    <message>
        <source>Ask for the images uncompressed, or as JPEG lossless.</source>
        <translation>Bitten Sie um unkomprimierte Bilder oder verlustfreies JPEG.</translation>
    </message>
    <message>
        <source>The images do not form a regular volume.</source>
        <translation>Die Bilder bilden kein regelmäßiges Volumen.</translation>
    </message>
    <message>
        <source>They can be read one by one; planes, 3D and volumes are off for this series.</source>
        <translation>Sie können einzeln gelesen werden; Ebenen, 3D und Volumen sind für diese Serie aus.</translation>
    </message>
    <message>
        <source>This is larger than the program accepts.</source>
        <translation>Das ist größer, als das Programm annimmt.</translation>
    </message>
    <message>
        <source>Split it, or take a smaller part.</source>
        <translation>Teilen Sie es, oder nehmen Sie einen kleineren Teil.</translation>
    </message>
    <message>
        <source>The disk did not answer as it should.</source>
        <translation>Der Datenträger hat nicht richtig geantwortet.</translation>
    </message>
    <message>
        <source>Check that the folder is there and that you may read and write it, then try again.</source>
        <translation>Prüfen Sie, ob der Ordner da ist und Sie darin lesen und schreiben dürfen; dann versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>The disk is full.</source>
        <translation>Der Datenträger ist voll.</translation>
    </message>
    <message>
        <source>Make room and try again. Nothing that was saved before is lost.</source>
        <translation>Schaffen Sie Platz und versuchen Sie es erneut. Nichts Gespeichertes ist verloren.</translation>
    </message>
    <message>
        <source>The case database could not do this.</source>
        <translation>Die Falldatenbank konnte das nicht tun.</translation>
    </message>
    <message>
        <source>Try again. If it stays, restart the program and tell your administrator.</source>
        <translation>Versuchen Sie es erneut. Bleibt es so, starten Sie das Programm neu und sagen Sie es Ihrem Administrator.</translation>
    </message>
    <message>
        <source>Another program holds this right now.</source>
        <translation>Ein anderes Programm hält das gerade fest.</translation>
    </message>
    <message>
        <source>Wait a moment and try again.</source>
        <translation>Warten Sie einen Moment und versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>Something else is already kept under this name.</source>
        <translation>Unter diesem Namen ist schon etwas anderes abgelegt.</translation>
    </message>
    <message>
        <source>What was there is unchanged. A signed case takes changes only as an addendum.</source>
        <translation>Was da war, ist unverändert. Ein signierter Fall nimmt Änderungen nur als Nachtrag an.</translation>
    </message>
    <message>
        <source>Your role does not permit this.</source>
        <translation>Ihre Rolle erlaubt das nicht.</translation>
    </message>
    <message>
        <source>Ask a colleague who may, or an administrator for the role.</source>
        <translation>Fragen Sie einen Kollegen, der es darf, oder einen Administrator um die Rolle.</translation>
    </message>
    <message>
        <source>The password or PIN is not right.</source>
        <translation>Passwort oder PIN stimmt nicht.</translation>
    </message>
    <message>
        <source>Check Caps Lock and type it again.</source>
        <translation>Prüfen Sie die Feststelltaste und geben Sie es noch einmal ein.</translation>
    </message>
    <message>
        <source>This case cannot be signed yet.</source>
        <translation>Dieser Fall kann noch nicht signiert werden.</translation>
    </message>
    <message>
        <source>See “Before you can sign” for what is missing.</source>
        <translation>Unter „Vor der Signatur“ steht, was fehlt.</translation>
    </message>
    <message>
        <source>The case changed while you were looking at it.</source>
        <translation>Der Fall hat sich geändert, während Sie ihn ansahen.</translation>
    </message>
    <message>
        <source>What you see now is current. Look at it again, then repeat.</source>
        <translation>Was Sie jetzt sehen, ist aktuell. Sehen Sie es an, dann wiederholen Sie.</translation>
    </message>
    <message>
        <source>A stored value does not match its checksum.</source>
        <translation>Ein gespeicherter Wert passt nicht zu seiner Prüfsumme.</translation>
    </message>
    <message>
        <source>It is not used. Restore it from a backup and tell your administrator.</source>
        <translation>Er wird nicht verwendet. Stellen Sie ihn aus einer Sicherung her und sagen Sie es Ihrem Administrator.</translation>
    </message>
    <message>
        <source>The other system cannot be reached.</source>
        <translation>Das andere System ist nicht erreichbar.</translation>
    </message>
    <message>
        <source>Nothing is lost. Test the connection in the settings, then try again.</source>
        <translation>Nichts ist verloren. Testen Sie die Verbindung in den Einstellungen, dann versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>The other system does not accept this.</source>
        <translation>Das andere System nimmt das nicht an.</translation>
    </message>
    <message>
        <source>Ask its administrator to let this workstation in, then try again.</source>
        <translation>Bitten Sie seinen Administrator, diese Arbeitsstation zuzulassen; dann versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>The program made a mistake.</source>
        <translation>Das Programm hat einen Fehler gemacht.</translation>
    </message>
    <message>
        <source>What you saved is kept. Try again, and report it with the log.</source>
        <translation>Was Sie gespeichert haben, bleibt. Versuchen Sie es erneut, und melden Sie es mit dem Protokoll.</translation>
    </message>
    <message>
        <source>Too many wrong tries.</source>
        <translation>Zu viele falsche Versuche.</translation>
    </message>
    <message>
        <source>Wait %1 s, then try again.</source>
        <translation>Warten Sie %1 s, dann versuchen Sie es erneut.</translation>
    </message>
</context>
<context>
    <name>keys</name>
    <message>
        <source>Keys of this screen</source>
        <translation>Tasten dieser Ansicht</translation>
    </message>
    <message>
        <source>Open a folder of images</source>
        <translation>Ordner mit Bildern öffnen</translation>
    </message>
    <message>
        <source>Open files</source>
        <translation>Dateien öffnen</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>Vollbild</translation>
    </message>
    <message>
        <source>Lock the screen; the case stays open</source>
        <translation>Bildschirm sperren; der Fall bleibt offen</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>Abmelden</translation>
    </message>
    <message>
        <source>Read the chosen case</source>
        <translation>Gewählten Fall befunden</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Next list</source>
        <translation>Nächste Liste</translation>
    </message>
    <message>
        <source>Previous list</source>
        <translation>Vorige Liste</translation>
    </message>
    <message>
        <source>Window and level</source>
        <translation>Fensterung</translation>
    </message>
    <message>
        <source>Scroll through the slices</source>
        <translation>Durch die Schichten blättern</translation>
    </message>
    <message>
        <source>Pan</source>
        <translation>Verschieben</translation>
    </message>
    <message>
        <source>Zoom</source>
        <translation>Zoom</translation>
    </message>
    <message>
        <source>Crosshair</source>
        <translation>Fadenkreuz</translation>
    </message>
    <message>
        <source>Invert grey</source>
        <translation>Grauwerte invertieren</translation>
    </message>
    <message>
        <source>Outlines on and off</source>
        <translation>Umrisse ein und aus</translation>
    </message>
    <message>
        <source>Maximum intensity slab on and off</source>
        <translation>MIP-Schicht ein und aus</translation>
    </message>
    <message>
        <source>Window preset of the modality</source>
        <translation>Fenstervorgabe der Modalität</translation>
    </message>
    <message>
        <source>Second window preset of that key</source>
        <translation>Zweite Vorgabe dieser Taste</translation>
    </message>
    <message>
        <source>Window of the file, or from its values</source>
        <translation>Fenster der Datei, oder aus den Werten</translation>
    </message>
    <message>
        <source>Fit the image, undo zoom and pan</source>
        <translation>Bild einpassen</translation>
    </message>
    <message>
        <source>Crosshair lines on and off</source>
        <translation>Fadenkreuz ein und aus</translation>
    </message>
    <message>
        <source>Corner texts on and off</source>
        <translation>Ecktexte ein und aus</translation>
    </message>
    <message>
        <source>Hide who the patient is, and show</source>
        <translation>Identität verbergen und zeigen</translation>
    </message>
    <message>
        <source>One slice towards the head</source>
        <translation>Eine Schicht kopfwärts</translation>
    </message>
    <message>
        <source>One slice towards the feet</source>
        <translation>Eine Schicht fußwärts</translation>
    </message>
    <message>
        <source>Ten slices up</source>
        <translation>Zehn Schichten aufwärts</translation>
    </message>
    <message>
        <source>Ten slices down</source>
        <translation>Zehn Schichten abwärts</translation>
    </message>
    <message>
        <source>First slice</source>
        <translation>Erste Schicht</translation>
    </message>
    <message>
        <source>Last slice</source>
        <translation>Letzte Schicht</translation>
    </message>
    <message>
        <source>Previous series</source>
        <translation>Vorige Serie</translation>
    </message>
    <message>
        <source>Next series</source>
        <translation>Nächste Serie</translation>
    </message>
    <message>
        <source>Next viewport</source>
        <translation>Nächstes Bildfenster</translation>
    </message>
    <message>
        <source>Next pane: images, findings, series</source>
        <translation>Nächster Bereich: Bilder, Befunde, Serien</translation>
    </message>
    <message>
        <source>One viewport</source>
        <translation>Ein Bildfenster</translation>
    </message>
    <message>
        <source>Two viewports</source>
        <translation>Zwei Bildfenster</translation>
    </message>
    <message>
        <source>Four viewports: planes and 3D</source>
        <translation>Vier Bildfenster: Ebenen und 3D</translation>
    </message>
    <message>
        <source>The active viewport alone, and back</source>
        <translation>Aktives Bildfenster allein, und zurück</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>Back to the worklist</source>
        <translation>Zurück zur Arbeitsliste</translation>
    </message>
    <message>
        <source>Next unreviewed finding</source>
        <translation>Nächster offener Befund</translation>
    </message>
    <message>
        <source>Previous unreviewed finding</source>
        <translation>Voriger offener Befund</translation>
    </message>
    <message>
        <source>Accept the finding and go on</source>
        <translation>Befund annehmen und weiter</translation>
    </message>
    <message>
        <source>Mark as unsure</source>
        <translation>Als unsicher markieren</translation>
    </message>
    <message>
        <source>Delete what you drew</source>
        <translation>Eigene Zeichnung löschen</translation>
    </message>
    <message>
        <source>Confirm all structures</source>
        <translation>Alle Strukturen bestätigen</translation>
    </message>
    <message>
        <source>Dismiss what is below threshold</source>
        <translation>Verwerfen, was unter der Schwelle liegt</translation>
    </message>
    <message>
        <source>Open the sign dialog</source>
        <translation>Dialog zur Signatur öffnen</translation>
    </message>
    <message>
        <source>Back to the first tool</source>
        <translation>Zurück zum ersten Werkzeug</translation>
    </message>
    <message>
        <source>Reject for that reason</source>
        <translation>Aus diesem Grund ablehnen</translation>
    </message>
    <message>
        <source>Do not reject</source>
        <translation>Nicht ablehnen</translation>
    </message>
    <message>
        <source>Brush</source>
        <translation>Pinsel</translation>
    </message>
    <message>
        <source>Eraser</source>
        <translation>Radierer</translation>
    </message>
    <message>
        <source>Smaller brush</source>
        <translation>Kleinerer Pinsel</translation>
    </message>
    <message>
        <source>Larger brush</source>
        <translation>Größerer Pinsel</translation>
    </message>
    <message>
        <source>Done: keep the correction</source>
        <translation>Fertig: Korrektur behalten</translation>
    </message>
    <message>
        <source>Back to the outline as it was</source>
        <translation>Zurück zum alten Umriss</translation>
    </message>
    <message>
        <source>Back to the case parked last</source>
        <translation>Zurück zum zuletzt geparkten Fall</translation>
    </message>
    <message>
        <source>Query a PACS, and set up nodes</source>
        <translation>PACS abfragen, Knoten einrichten</translation>
    </message>
    <message>
        <source>Current beside prior, and back</source>
        <translation>Aktuell neben Voraufnahme, und zurück</translation>
    </message>
    <message>
        <source>Scroll current and prior together, or not</source>
        <translation>Gemeinsam blättern, oder nicht</translation>
    </message>
    <message>
        <source>Next case of the queue; this one stays unsigned</source>
        <translation>Nächster Fall; dieser bleibt unsigniert</translation>
    </message>
    <message>
        <source>Park the case: it comes back as you left it</source>
        <translation>Fall parken: er kommt zurück, wie er war</translation>
    </message>
    <message>
        <source>My own read is done: show what the agents propose</source>
        <translation>Mein Befund steht: Vorschläge zeigen</translation>
    </message>
    <message>
        <source>Measured: it is the finding beside it</source>
        <translation>Gemessen: es ist der Befund daneben</translation>
    </message>
    <message>
        <source>Resolved: it is no longer there</source>
        <translation>Verschwunden: nicht mehr da</translation>
    </message>
    <message>
        <source>Cannot be evaluated here</source>
        <translation>Hier nicht beurteilbar</translation>
    </message>
    <message>
        <source>Ctrl</source>
        <translation>Strg</translation>
    </message>
    <message>
        <source>Shift</source>
        <translation>⇧</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>Leertaste</translation>
    </message>
    <message>
        <source>PgUp</source>
        <translation>Bild ↑</translation>
    </message>
    <message>
        <source>PgDn</source>
        <translation>Bild ↓</translation>
    </message>
    <message>
        <source>Home</source>
        <translation>Pos 1</translation>
    </message>
    <message>
        <source>End</source>
        <translation>Ende</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Entf</translation>
    </message>
    <message>
        <source>Your settings: language, appearance, lock</source>
        <translation>Ihre Einstellungen: Sprache, Darstellung, Sperre</translation>
    </message>
    <message>
        <source>Next earlier lesion to check, with keys of its own</source>
        <translation>Nächste frühere Läsion, mit eigenen Tasten</translation>
    </message>
    <message>
        <source>Edit the finding&apos;s outline</source>
        <translation>Umriss des Befunds bearbeiten</translation>
    </message>
    <message>
        <source>Reject the finding, with a reason</source>
        <translation>Befund ablehnen, mit Grund</translation>
    </message>
</context>
<context>
    <name>nodes</name>
    <message>
        <source>Its administrator finds the reason in its log.</source>
        <translation>Sein Administrator findet den Grund im Protokoll.</translation>
    </message>
    <message>
        <source>What was entered for it cannot work.</source>
        <translation>Was dafür eingetragen ist, kann nicht gehen.</translation>
    </message>
    <message>
        <source>Edit it: its AE title, host and port, or its address with http:// or https://.</source>
        <translation>Bearbeiten Sie AE-Titel, Host und Port, oder die Adresse mit http:// oder https://.</translation>
    </message>
    <message>
        <source>The name %1 has no address.</source>
        <translation>Der Name %1 hat keine Adresse.</translation>
    </message>
    <message>
        <source>Check how it is spelled, or enter the IP address.</source>
        <translation>Prüfen Sie die Schreibweise, oder tragen Sie die IP-Adresse ein.</translation>
    </message>
    <message>
        <source>No way leads to %1.</source>
        <translation>Kein Weg führt zu %1.</translation>
    </message>
    <message>
        <source>Check the network, the VPN and the firewall.</source>
        <translation>Prüfen Sie Netz, VPN und Firewall.</translation>
    </message>
    <message>
        <source>%1 is there, but nothing listens on port %2.</source>
        <translation>%1 ist da, aber an Port %2 hört niemand.</translation>
    </message>
    <message>
        <source>Check the port, and whether the system runs.</source>
        <translation>Prüfen Sie den Port, und ob das System läuft.</translation>
    </message>
    <message>
        <source>%1 does not answer.</source>
        <translation>%1 antwortet nicht.</translation>
    </message>
    <message>
        <source>Check the address. A firewall may be in between.</source>
        <translation>Prüfen Sie die Adresse. Eine Firewall kann dazwischen sein.</translation>
    </message>
    <message>
        <source>It ended the connection in the middle.</source>
        <translation>Es hat die Verbindung mittendrin beendet.</translation>
    </message>
    <message>
        <source>Something else than DICOM listens on port %2.</source>
        <translation>An Port %2 hört etwas anderes als DICOM.</translation>
    </message>
    <message>
        <source>Check the port. Often it is 104, 4242 or 11112.</source>
        <translation>Prüfen Sie den Port. Oft ist es 104, 4242 oder 11112.</translation>
    </message>
    <message>
        <source>Its AE title is not “%3”.</source>
        <translation>Sein AE-Titel ist nicht „%3“.</translation>
    </message>
    <message>
        <source>Ask its administrator for the AE title, and edit it here.</source>
        <translation>Fragen Sie den Administrator nach dem AE-Titel, und ändern Sie ihn hier.</translation>
    </message>
    <message>
        <source>It does not know our AE title “%4”.</source>
        <translation>Es kennt unseren AE-Titel „%4“ nicht.</translation>
    </message>
    <message>
        <source>Ask its administrator to enter this AE title and this machine&apos;s address.</source>
        <translation>Bitten Sie den Administrator, diesen AE-Titel und die Adresse dieses Rechners einzutragen.</translation>
    </message>
    <message>
        <source>It refuses the connection.</source>
        <translation>Es lehnt die Verbindung ab.</translation>
    </message>
    <message>
        <source>It speaks DICOM, but does not offer this service.</source>
        <translation>Es spricht DICOM, bietet aber diesen Dienst nicht an.</translation>
    </message>
    <message>
        <source>Ask its administrator to switch the service on.</source>
        <translation>Bitten Sie den Administrator, den Dienst einzuschalten.</translation>
    </message>
    <message>
        <source>The encrypted connection does not come about.</source>
        <translation>Die verschlüsselte Verbindung kommt nicht zustande.</translation>
    </message>
    <message>
        <source>Its certificate must be valid and trusted by this machine.</source>
        <translation>Das Zertifikat muss gültig sein, und dieser Rechner muss ihm vertrauen.</translation>
    </message>
    <message>
        <source>It wants a user and a password, or those entered are wrong.</source>
        <translation>Es will Benutzer und Passwort, oder die eingetragenen sind falsch.</translation>
    </message>
    <message>
        <source>Edit it, and enter them.</source>
        <translation>Bearbeiten Sie den Knoten, und tragen Sie sie ein.</translation>
    </message>
    <message>
        <source>It does not let this user in.</source>
        <translation>Es lässt diesen Benutzer nicht zu.</translation>
    </message>
    <message>
        <source>Ask its administrator for the right.</source>
        <translation>Bitten Sie den Administrator um das Recht.</translation>
    </message>
    <message>
        <source>It sends us to another address.</source>
        <translation>Es schickt uns zu einer anderen Adresse.</translation>
    </message>
    <message>
        <source>Nothing is sent there by itself. Enter that address if it is right.</source>
        <translation>Dorthin geht nichts von selbst. Tragen Sie die Adresse ein, wenn sie stimmt.</translation>
    </message>
    <message>
        <source>A web server answers, but not with DICOMweb.</source>
        <translation>Ein Webserver antwortet, aber nicht mit DICOMweb.</translation>
    </message>
    <message>
        <source>Check the path of the address, as /dicom-web.</source>
        <translation>Prüfen Sie den Pfad der Adresse, etwa /dicom-web.</translation>
    </message>
    <message>
        <source>It answers with an error.</source>
        <translation>Es antwortet mit einem Fehler.</translation>
    </message>
    <message>
        <source>It took the question, and failed.</source>
        <translation>Es nahm die Anfrage an und scheiterte.</translation>
    </message>
    <message>
        <source>It sends more than this workstation takes.</source>
        <translation>Es schickt mehr, als dieser Platz annimmt.</translation>
    </message>
    <message>
        <source>Its answer is no proper DICOM.</source>
        <translation>Seine Antwort ist kein richtiges DICOM.</translation>
    </message>
    <message>
        <source>The test was stopped.</source>
        <translation>Der Test wurde angehalten.</translation>
    </message>
    <message>
        <source>Start it again.</source>
        <translation>Starten Sie ihn noch einmal.</translation>
    </message>
    <message>
        <source>This workstation could not ask.</source>
        <translation>Dieser Platz konnte nicht fragen.</translation>
    </message>
    <message>
        <source>Check its disk and its network, then try again.</source>
        <translation>Prüfen Sie Festplatte und Netz, dann versuchen Sie es noch einmal.</translation>
    </message>
</context>
<context>
    <name>notes</name>
    <message>
        <source>main block of %2: %1 image</source>
        <translation>Hauptblock (von %2): %1 Bild</translation>
    </message>
    <message>
        <source>main block of %2: %1 images</source>
        <translation>Hauptblock (von %2): %1 Bilder</translation>
    </message>
    <message>
        <source>%1 structure</source>
        <translation>%1 Struktur</translation>
    </message>
    <message>
        <source>%1 structures</source>
        <translation>%1 Strukturen</translation>
    </message>
    <message>
        <source>%1 finding</source>
        <translation>%1 Befund</translation>
    </message>
    <message>
        <source>%1 findings</source>
        <translation>%1 Befunde</translation>
    </message>
    <message>
        <source>%1 more below threshold</source>
        <translation>außerdem %1 unter der Schwelle</translation>
    </message>
    <message>
        <source>%1 sentence</source>
        <translation>%1 Satz</translation>
    </message>
    <message>
        <source>%1 sentences</source>
        <translation>%1 Sätze</translation>
    </message>
    <message>
        <source>lungs %1, mean %2</source>
        <translation>Lunge %1, im Mittel %2</translation>
    </message>
    <message>
        <source>%1 of %2 results flagged</source>
        <translation>%1 von %2 Ergebnissen markiert</translation>
    </message>
    <message>
        <source>noise %1</source>
        <translation>Rauschen %1</translation>
    </message>
    <message>
        <source>%1 between slices: nodules below %2 may be missed</source>
        <translation>%1 zwischen den Schichten: Rundherde unter %2 können fehlen</translation>
    </message>
    <message>
        <source>%1 earlier lesion</source>
        <translation>%1 frühere Läsion</translation>
    </message>
    <message>
        <source>%1 earlier lesions</source>
        <translation>%1 frühere Läsionen</translation>
    </message>
    <message>
        <source>%1 new finding</source>
        <translation>%1 neuer Befund</translation>
    </message>
    <message>
        <source>%1 new findings</source>
        <translation>%1 neue Befunde</translation>
    </message>
    <message>
        <source>no earlier study to compare with</source>
        <translation>keine frühere Studie zum Vergleich</translation>
    </message>
    <message>
        <source>not aligned: this study has no volume</source>
        <translation>nicht ausgerichtet: Diese Studie hat kein Volumen</translation>
    </message>
    <message>
        <source>not aligned: the earlier study has no volume of the kind</source>
        <translation>nicht ausgerichtet: Die frühere Studie hat kein Volumen dieser Art</translation>
    </message>
    <message>
        <source>not aligned: the images of the two studies do not match</source>
        <translation>nicht ausgerichtet: Die Bilder der beiden Studien passen nicht zueinander</translation>
    </message>
</context>
<context>
    <name>terms</name>
    <message>
        <source>Nodule</source>
        <translation>Rundherd</translation>
    </message>
    <message>
        <source>Solid nodule</source>
        <translation>Solider Rundherd</translation>
    </message>
    <message>
        <source>Part-solid nodule</source>
        <translation>Teilsolider Rundherd</translation>
    </message>
    <message>
        <source>Ground-glass nodule</source>
        <translation>Milchglasherd</translation>
    </message>
    <message>
        <source>Nodule candidate</source>
        <translation>Rundherd-Kandidat</translation>
    </message>
    <message>
        <source>Mass</source>
        <translation>Raumforderung</translation>
    </message>
    <message>
        <source>Lesion</source>
        <translation>Läsion</translation>
    </message>
    <message>
        <source>Ground-glass</source>
        <translation>Milchglas</translation>
    </message>
    <message>
        <source>Ground-glass opacity</source>
        <translation>Milchglastrübung</translation>
    </message>
    <message>
        <source>Lung opacity</source>
        <translation>Lungenverdichtung</translation>
    </message>
    <message>
        <source>Consolidation</source>
        <translation>Konsolidierung</translation>
    </message>
    <message>
        <source>Lung</source>
        <translation>Lunge</translation>
    </message>
    <message>
        <source>Right lung</source>
        <translation>Rechte Lunge</translation>
    </message>
    <message>
        <source>Left lung</source>
        <translation>Linke Lunge</translation>
    </message>
    <message>
        <source>right lung</source>
        <translation>rechte Lunge</translation>
    </message>
    <message>
        <source>left lung</source>
        <translation>linke Lunge</translation>
    </message>
    <message>
        <source>right upper lobe</source>
        <translation>rechter Oberlappen</translation>
    </message>
    <message>
        <source>middle lobe</source>
        <translation>Mittellappen</translation>
    </message>
    <message>
        <source>right middle lobe</source>
        <translation>Mittellappen</translation>
    </message>
    <message>
        <source>right lower lobe</source>
        <translation>rechter Unterlappen</translation>
    </message>
    <message>
        <source>left upper lobe</source>
        <translation>linker Oberlappen</translation>
    </message>
    <message>
        <source>left lower lobe</source>
        <translation>linker Unterlappen</translation>
    </message>
    <message>
        <source>lingula</source>
        <translation>Lingula</translation>
    </message>
    <message>
        <source>right</source>
        <translation>rechts</translation>
    </message>
    <message>
        <source>left</source>
        <translation>links</translation>
    </message>
    <message>
        <source>Airways</source>
        <translation>Atemwege</translation>
    </message>
    <message>
        <source>Trachea</source>
        <translation>Trachea</translation>
    </message>
    <message>
        <source>Body</source>
        <translation>Körper</translation>
    </message>
    <message>
        <source>Bone</source>
        <translation>Knochen</translation>
    </message>
    <message>
        <source>Bones</source>
        <translation>Knochen</translation>
    </message>
    <message>
        <source>Chest</source>
        <translation>Thorax</translation>
    </message>
    <message>
        <source>Head</source>
        <translation>Kopf</translation>
    </message>
    <message>
        <source>Abdomen</source>
        <translation>Abdomen</translation>
    </message>
    <message>
        <source>Pelvis</source>
        <translation>Becken</translation>
    </message>
    <message>
        <source>Neck</source>
        <translation>Hals</translation>
    </message>
    <message>
        <source>Spine</source>
        <translation>Wirbelsäule</translation>
    </message>
    <message>
        <source>Mediastinum</source>
        <translation>Mediastinum</translation>
    </message>
    <message>
        <source>Brain</source>
        <translation>Gehirn</translation>
    </message>
    <message>
        <source>Stroke</source>
        <translation>Schlaganfall</translation>
    </message>
    <message>
        <source>narrow</source>
        <translation>eng</translation>
    </message>
    <message>
        <source>Subdural</source>
        <translation>Subdural</translation>
    </message>
    <message>
        <source>Liver</source>
        <translation>Leber</translation>
    </message>
    <message>
        <source>Angio</source>
        <translation>Angio</translation>
    </message>
    <message>
        <source>False positive</source>
        <translation>Falsch positiv</translation>
    </message>
    <message>
        <source>Wrong label</source>
        <translation>Falsche Bezeichnung</translation>
    </message>
    <message>
        <source>Boundary too big</source>
        <translation>Umriss zu groß</translation>
    </message>
    <message>
        <source>Boundary too small</source>
        <translation>Umriss zu klein</translation>
    </message>
    <message>
        <source>Wrong side</source>
        <translation>Falsche Seite</translation>
    </message>
    <message>
        <source>Artefact</source>
        <translation>Artefakt</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>Doppelt</translation>
    </message>
    <message>
        <source>Out of scope</source>
        <translation>Außerhalb der Fragestellung</translation>
    </message>
    <message>
        <source>M</source>
        <translation>M</translation>
    </message>
    <message>
        <source>F</source>
        <translation>W</translation>
    </message>
    <message>
        <source>O</source>
        <translation>D</translation>
    </message>
    <message>
        <source>one main block a study</source>
        <translation>ein Hauptblock je Studie</translation>
    </message>
    <message>
        <source>at most three structures; lungs of 100 mL and more</source>
        <translation>höchstens drei Strukturen; Lungen ab 100 mL</translation>
    </message>
    <message>
        <source>at most two structures</source>
        <translation>höchstens zwei Strukturen</translation>
    </message>
    <message>
        <source>at most 10 findings with a score of 0.5 and more</source>
        <translation>höchstens 10 Befunde ab einem Wert von 0,5</translation>
    </message>
    <message>
        <source>at most 10 findings of 10 mm and more</source>
        <translation>höchstens 10 Befunde ab 10 mm</translation>
    </message>
    <message>
        <source>both lungs together and each lung</source>
        <translation>beide Lungen zusammen und jede für sich</translation>
    </message>
    <message>
        <source>every lesion of the earlier study</source>
        <translation>jede Läsion der früheren Studie</translation>
    </message>
    <message>
        <source>every result of the run is checked</source>
        <translation>jedes Ergebnis des Laufs wird geprüft</translation>
    </message>
    <message>
        <source>one sentence a result, one that counts in the impression</source>
        <translation>ein Satz je Ergebnis, in der Beurteilung einer, der zählt</translation>
    </message>
    <message>
        <source>the study has no images</source>
        <translation>die Studie hat keine Bilder</translation>
    </message>
    <message>
        <source>the study has no block to read</source>
        <translation>die Studie hat keinen lesbaren Block</translation>
    </message>
    <message>
        <source>the main block is no CT in Hounsfield units</source>
        <translation>der Hauptblock ist kein CT in Hounsfield-Einheiten</translation>
    </message>
    <message>
        <source>the main block has too few slices for a volume</source>
        <translation>der Hauptblock hat zu wenige Schichten für ein Volumen</translation>
    </message>
    <message>
        <source>the main block is smaller than a chest</source>
        <translation>der Hauptblock ist kleiner als ein Thorax</translation>
    </message>
    <message>
        <source>not a CT of the chest</source>
        <translation>kein CT des Thorax</translation>
    </message>
    <message>
        <source>no body in the volume</source>
        <translation>kein Körper im Volumen</translation>
    </message>
    <message>
        <source>nothing in the volume looks like a lung</source>
        <translation>nichts im Volumen sieht wie eine Lunge aus</translation>
    </message>
    <message>
        <source>no lungs to measure</source>
        <translation>keine Lunge zu messen</translation>
    </message>
    <message>
        <source>no results to check</source>
        <translation>keine Ergebnisse zu prüfen</translation>
    </message>
    <message>
        <source>no results to report</source>
        <translation>keine Ergebnisse zu berichten</translation>
    </message>
</context>
<context>
    <name>words</name>
    <message>
        <source>received</source>
        <translation>eingegangen</translation>
    </message>
    <message>
        <source>analyzing</source>
        <translation>in Analyse</translation>
    </message>
    <message>
        <source>ready</source>
        <translation>bereit</translation>
    </message>
    <message>
        <source>in review</source>
        <translation>in Befundung</translation>
    </message>
    <message>
        <source>signed</source>
        <translation>signiert</translation>
    </message>
    <message>
        <source>delivered</source>
        <translation>zugestellt</translation>
    </message>
    <message>
        <source>agents failed</source>
        <translation>Agentenfehler</translation>
    </message>
    <message>
        <source>STAT</source>
        <translation>STAT</translation>
    </message>
    <message>
        <source>urgent</source>
        <translation>dringend</translation>
    </message>
    <message>
        <source>routine</source>
        <translation>Routine</translation>
    </message>
    <message>
        <source>research</source>
        <translation>Forschung</translation>
    </message>
    <message>
        <source>to review</source>
        <translation>zu prüfen</translation>
    </message>
    <message>
        <source>accepted</source>
        <translation>angenommen</translation>
    </message>
    <message>
        <source>corrected</source>
        <translation>korrigiert</translation>
    </message>
    <message>
        <source>rejected</source>
        <translation>abgelehnt</translation>
    </message>
    <message>
        <source>drawn by you</source>
        <translation>von Ihnen</translation>
    </message>
    <message>
        <source>confirmed</source>
        <translation>bestätigt</translation>
    </message>
    <message>
        <source>dismissed</source>
        <translation>verworfen</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>wartet</translation>
    </message>
    <message>
        <source>running</source>
        <translation>läuft</translation>
    </message>
    <message>
        <source>done</source>
        <translation>fertig</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>fehlgeschlagen</translation>
    </message>
    <message>
        <source>skipped</source>
        <translation>übersprungen</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>angehalten</translation>
    </message>
    <message>
        <source>Indication</source>
        <translation>Fragestellung</translation>
    </message>
    <message>
        <source>Technique</source>
        <translation>Technik</translation>
    </message>
    <message>
        <source>Comparison</source>
        <translation>Voraufnahmen</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>Befund</translation>
    </message>
    <message>
        <source>Impression</source>
        <translation>Beurteilung</translation>
    </message>
    <message>
        <source>reader</source>
        <translation>Befunder</translation>
    </message>
    <message>
        <source>resident</source>
        <translation>Assistenzarzt</translation>
    </message>
    <message>
        <source>attending</source>
        <translation>Oberarzt</translation>
    </message>
    <message>
        <source>administrator</source>
        <translation>Administrator</translation>
    </message>
    <message>
        <source>reads: accepts, corrects and rejects findings, writes the report, signs</source>
        <translation>befundet: nimmt Befunde an, korrigiert und verwirft sie, schreibt den Bericht, signiert</translation>
    </message>
    <message>
        <source>the same, but somebody else signs</source>
        <translation>das Gleiche, aber jemand anderes signiert</translation>
    </message>
    <message>
        <source>reads and signs, and acknowledges critical findings</source>
        <translation>befundet und signiert, und nimmt kritische Befunde zur Kenntnis</translation>
    </message>
    <message>
        <source>adds readers, governs the agents, reads the audit trail</source>
        <translation>legt Befunder an, steuert die Agenten, liest das Prüfprotokoll</translation>
    </message>
    <message>
        <source>W/L</source>
        <translation>W/L</translation>
    </message>
    <message>
        <source>Scroll</source>
        <translation>Blättern</translation>
    </message>
    <message>
        <source>Pan</source>
        <translation>Verschieben</translation>
    </message>
    <message>
        <source>Zoom</source>
        <translation>Zoom</translation>
    </message>
    <message>
        <source>Crosshair</source>
        <translation>Fadenkreuz</translation>
    </message>
    <message>
        <source>Brush</source>
        <translation>Pinsel</translation>
    </message>
    <message>
        <source>Eraser</source>
        <translation>Radierer</translation>
    </message>
    <message>
        <source>Axial</source>
        <translation>Axial</translation>
    </message>
    <message>
        <source>Coronal</source>
        <translation>Koronal</translation>
    </message>
    <message>
        <source>Sagittal</source>
        <translation>Sagittal</translation>
    </message>
    <message>
        <source>Stack</source>
        <translation>Stapel</translation>
    </message>
    <message>
        <source>3D</source>
        <translation>3D</translation>
    </message>
    <message>
        <source>Choose a finding first (Space).</source>
        <translation>Wählen Sie zuerst einen Befund (Leertaste).</translation>
    </message>
    <message>
        <source>Its slice was not on screen yet. Look at it, then accept.</source>
        <translation>Seine Schicht war noch nicht zu sehen. Sehen Sie sie an, dann nehmen Sie an.</translation>
    </message>
    <message>
        <source>Let the key go and press it again: one press, one finding.</source>
        <translation>Taste loslassen und erneut drücken: ein Druck, ein Befund.</translation>
    </message>
    <message>
        <source>That was too quick after the last one. Press again.</source>
        <translation>Das war zu schnell nach dem letzten. Drücken Sie erneut.</translation>
    </message>
    <message>
        <source>Still saving. Press again in a moment.</source>
        <translation>Speichert noch. Drücken Sie gleich noch einmal.</translation>
    </message>
    <message>
        <source>Finish the outline first (⏎ keeps it, Esc takes it back).</source>
        <translation>Beenden Sie zuerst den Umriss (⏎ behält ihn, Esc verwirft ihn).</translation>
    </message>
    <message>
        <source>size outside the plausible range</source>
        <translation>Größe außerhalb des plausiblen Bereichs</translation>
    </message>
    <message>
        <source>touches the edge of the images</source>
        <translation>berührt den Bildrand</translation>
    </message>
    <message>
        <source>low confidence</source>
        <translation>geringe Konfidenz</translation>
    </message>
    <message>
        <source>below threshold</source>
        <translation>unter der Schwelle</translation>
    </message>
    <message>
        <source>in many pieces</source>
        <translation>in vielen Teilen</translation>
    </message>
    <message>
        <source>acknowledged</source>
        <translation>zur Kenntnis genommen</translation>
    </message>
    <message>
        <source>renamed</source>
        <translation>umbenannt</translation>
    </message>
    <message>
        <source>critical</source>
        <translation>kritisch</translation>
    </message>
    <message>
        <source>unsure</source>
        <translation>unsicher</translation>
    </message>
    <message>
        <source>The case could not be opened.</source>
        <translation>Der Fall konnte nicht geöffnet werden.</translation>
    </message>
    <message>
        <source>Images could not be loaded.</source>
        <translation>Bilder konnten nicht geladen werden.</translation>
    </message>
    <message>
        <source>An outline could not be loaded.</source>
        <translation>Ein Umriss konnte nicht geladen werden.</translation>
    </message>
    <message>
        <source>This is not possible here.</source>
        <translation>Das ist hier nicht möglich.</translation>
    </message>
    <message>
        <source>Your decision could not be saved.</source>
        <translation>Ihre Entscheidung konnte nicht gespeichert werden.</translation>
    </message>
    <message>
        <source>The report could not be saved. Your text is still here.</source>
        <translation>Der Bericht konnte nicht gespeichert werden. Ihr Text ist noch hier.</translation>
    </message>
    <message>
        <source>The agents could not be started.</source>
        <translation>Die Agenten konnten nicht gestartet werden.</translation>
    </message>
    <message>
        <source>The export did not finish.</source>
        <translation>Der Export wurde nicht fertig.</translation>
    </message>
    <message>
        <source>Exported.</source>
        <translation>Exportiert.</translation>
    </message>
    <message>
        <source>Signed.</source>
        <translation>Signiert.</translation>
    </message>
    <message>
        <source>Import finished.</source>
        <translation>Import fertig.</translation>
    </message>
    <message>
        <source>The import did not finish.</source>
        <translation>Der Import wurde nicht fertig.</translation>
    </message>
    <message>
        <source>For research use. Not a cleared medical device.</source>
        <translation>Nur für Forschungszwecke. Kein zugelassenes Medizinprodukt.</translation>
    </message>
    <message>
        <source>Review “%1”</source>
        <translation>„%1“ prüfen</translation>
    </message>
    <message>
        <source>An attending must acknowledge “%1”</source>
        <translation>Ein Oberarzt muss „%1“ zur Kenntnis nehmen</translation>
    </message>
    <message>
        <source>Check the earlier lesion “%1”</source>
        <translation>Frühere Läsion „%1“ prüfen</translation>
    </message>
    <message>
        <source>Write the section “%1”</source>
        <translation>Abschnitt „%1“ schreiben</translation>
    </message>
    <message>
        <source>Your role may not sign; ask an attending</source>
        <translation>Ihre Rolle darf nicht signieren; fragen Sie einen Oberarzt</translation>
    </message>
    <message>
        <source>The case changed; look at it again</source>
        <translation>Der Fall hat sich geändert; sehen Sie ihn noch einmal an</translation>
    </message>
    <message>
        <source>Images came after “%1” was made; correct or reject it</source>
        <translation>Nach „%1“ kamen noch Bilder; korrigieren oder ablehnen</translation>
    </message>
    <message>
        <source>Agents are still working; wait for them or stop them</source>
        <translation>Agenten arbeiten noch; warten Sie oder halten Sie sie an</translation>
    </message>
    <message>
        <source>Not all images seen: %1</source>
        <translation>Nicht alle Bilder gesehen: %1</translation>
    </message>
    <message>
        <source>a series</source>
        <translation>eine Serie</translation>
    </message>
    <message>
        <source>%1 finding to review</source>
        <translation>%1 Befund zu prüfen</translation>
    </message>
    <message>
        <source>%1 findings to review</source>
        <translation>%1 Befunde zu prüfen</translation>
    </message>
    <message>
        <source>%1 critical finding to acknowledge</source>
        <translation>%1 kritischer Befund zur Kenntnis</translation>
    </message>
    <message>
        <source>%1 critical findings to acknowledge</source>
        <translation>%1 kritische Befunde zur Kenntnis</translation>
    </message>
    <message>
        <source>%1 prior lesion to check</source>
        <translation>%1 frühere Läsion zu prüfen</translation>
    </message>
    <message>
        <source>%1 prior lesions to check</source>
        <translation>%1 frühere Läsionen zu prüfen</translation>
    </message>
    <message>
        <source>%1 is empty</source>
        <translation>%1 ist leer</translation>
    </message>
    <message>
        <source>your role may not sign</source>
        <translation>Ihre Rolle darf nicht signieren</translation>
    </message>
    <message>
        <source>the case changed</source>
        <translation>der Fall hat sich geändert</translation>
    </message>
    <message>
        <source>agents are still working</source>
        <translation>Agenten arbeiten noch</translation>
    </message>
    <message>
        <source>%1 series not fully seen</source>
        <translation>%1 Serie(n) nicht ganz gesehen</translation>
    </message>
    <message>
        <source>accept</source>
        <translation>annehmen</translation>
    </message>
    <message>
        <source>reject</source>
        <translation>ablehnen</translation>
    </message>
    <message>
        <source>correct</source>
        <translation>korrigieren</translation>
    </message>
    <message>
        <source>mark as unsure</source>
        <translation>als unsicher markieren</translation>
    </message>
    <message>
        <source>rename</source>
        <translation>umbenennen</translation>
    </message>
    <message>
        <source>confirm structures</source>
        <translation>Strukturen bestätigen</translation>
    </message>
    <message>
        <source>dismiss</source>
        <translation>verwerfen</translation>
    </message>
    <message>
        <source>draw</source>
        <translation>zeichnen</translation>
    </message>
    <message>
        <source>delete</source>
        <translation>löschen</translation>
    </message>
    <message>
        <source>the last change</source>
        <translation>die letzte Änderung</translation>
    </message>
    <message>
        <source>%1 “%2”</source>
        <translation>„%2“ %1</translation>
    </message>
    <message>
        <source>yyyy-MM-dd</source>
        <comment>how a day is written</comment>
        <translation>dd.MM.yyyy</translation>
    </message>
    <message>
        <source>yyyy-MM-dd HH:mm</source>
        <comment>how a moment is written</comment>
        <translation>dd.MM.yyyy HH:mm</translation>
    </message>
    <message>
        <source>%1 y</source>
        <translation>%1 J.</translation>
    </message>
    <message>
        <source>%1 mo</source>
        <translation>%1 Mon.</translation>
    </message>
    <message>
        <source>mean %1</source>
        <translation>mittel %1</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <translation>%1 min %2 s</translation>
    </message>
    <message>
        <source>to check</source>
        <translation>zu prüfen</translation>
    </message>
    <message>
        <source>measured</source>
        <translation>gemessen</translation>
    </message>
    <message>
        <source>resolved</source>
        <translation>verschwunden</translation>
    </message>
    <message>
        <source>not evaluable</source>
        <translation>nicht beurteilbar</translation>
    </message>
    <message>
        <source>AI after me: proposals wait until my own read is done</source>
        <translation>KI nach mir: Vorschläge warten, bis mein Befund steht</translation>
    </message>
    <message>
        <source>AI with me: proposals are there while I read</source>
        <translation>KI mit mir: Vorschläge sind beim Befunden da</translation>
    </message>
    <message>
        <source>AI first: start at the first proposal</source>
        <translation>KI zuerst: beim ersten Vorschlag beginnen</translation>
    </message>
    <message>
        <source>stable</source>
        <translation>stabil</translation>
    </message>
    <message>
        <source>grown</source>
        <translation>gewachsen</translation>
    </message>
    <message>
        <source>smaller</source>
        <translation>kleiner</translation>
    </message>
    <message>
        <source>The earlier study could not be read.</source>
        <translation>Die Voraufnahme konnte nicht gelesen werden.</translation>
    </message>
    <message>
        <source>That your read is done could not be saved.</source>
        <translation>Dass Ihr Befund steht, konnte nicht gespeichert werden.</translation>
    </message>
    <message>
        <source>No other case is waiting.</source>
        <translation>Kein anderer Fall wartet.</translation>
    </message>
    <message>
        <source>The next case could not be found.</source>
        <translation>Der nächste Fall konnte nicht gefunden werden.</translation>
    </message>
    <message>
        <source>The priority could not be changed.</source>
        <translation>Die Priorität konnte nicht geändert werden.</translation>
    </message>
    <message>
        <source>Your settings could not be saved.</source>
        <translation>Ihre Einstellungen konnten nicht gespeichert werden.</translation>
    </message>
    <message>
        <source>The nodes could not be changed.</source>
        <translation>Die Knoten konnten nicht geändert werden.</translation>
    </message>
    <message>
        <source>The results could not be sent.</source>
        <translation>Die Ergebnisse konnten nicht gesendet werden.</translation>
    </message>
    <message>
        <source>Say that your own read is done, then look at what the agents propose</source>
        <translation>Sagen Sie, dass Ihr Befund steht; dann prüfen Sie die Vorschläge der Agenten</translation>
    </message>
    <message>
        <source>your own read is not done yet</source>
        <translation>Ihr eigener Befund steht noch nicht</translation>
    </message>
    <message>
        <source>volume ×%1 in %2 days, within error</source>
        <translation>Volumen ×%1 in %2 Tagen, innerhalb des Messfehlers</translation>
    </message>
    <message>
        <source>volume ×%1 in %2 days</source>
        <translation>Volumen ×%1 in %2 Tagen</translation>
    </message>
    <message>
        <source>doubling time %1 days</source>
        <translation>Verdopplungszeit %1 Tage</translation>
    </message>
    <message>
        <source>prior %1</source>
        <translation>zuvor %1</translation>
    </message>
    <message>
        <source>The addendum could not be opened.</source>
        <translation>Der Nachtrag konnte nicht geöffnet werden.</translation>
    </message>
    <message>
        <source>The parked cases are not kept for after you sign out.</source>
        <translation>Die geparkten Fälle bleiben nach dem Abmelden nicht erhalten.</translation>
    </message>
    <message>
        <source>Study context</source>
        <translation>Studienkontext</translation>
    </message>
    <message>
        <source>Lungs and airways</source>
        <translation>Lunge und Atemwege</translation>
    </message>
    <message>
        <source>Body and bones</source>
        <translation>Körper und Knochen</translation>
    </message>
    <message>
        <source>Lung nodules</source>
        <translation>Rundherde der Lunge</translation>
    </message>
    <message>
        <source>Lung opacities</source>
        <translation>Lungenverdichtungen</translation>
    </message>
    <message>
        <source>Lung volume and density</source>
        <translation>Lungenvolumen und -dichte</translation>
    </message>
    <message>
        <source>Comparison with the earlier study</source>
        <translation>Vergleich mit der früheren Studie</translation>
    </message>
    <message>
        <source>Quality flags</source>
        <translation>Qualitätsprüfung</translation>
    </message>
    <message>
        <source>Report text</source>
        <translation>Berichtstext</translation>
    </message>
</context>
</TS>
