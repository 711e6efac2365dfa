<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>Alert</name>
    <message>
        <source>Events that pass a filter</source>
        <translation>Ereignisse, die ein Filter durchlässt</translation>
    </message>
    <message>
        <source>A target&apos;s move</source>
        <translation>Bewegung eines Ziels</translation>
    </message>
    <message>
        <source>A signal that is newly elevated</source>
        <translation>Ein Signal, das neu erhöht ist</translation>
    </message>
    <message>
        <source>A story that forms</source>
        <translation>Eine Geschichte, die entsteht</translation>
    </message>
    <message>
        <source>Notice</source>
        <translation>Hinweis</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>Warnung</translation>
    </message>
    <message>
        <source>Critical</source>
        <translation>Kritisch</translation>
    </message>
    <message>
        <source>All of the rule together</source>
        <translation>Alles der Regel zusammen</translation>
    </message>
    <message>
        <source>Each country</source>
        <translation>Jedes Land</translation>
    </message>
    <message>
        <source>Each type of event</source>
        <translation>Jede Ereignisart</translation>
    </message>
    <message>
        <source>Each by itself</source>
        <translation>Jedes für sich</translation>
    </message>
    <message>
        <source>%1 · %2 of %3</source>
        <translation>%1 · %2 von %3</translation>
    </message>
    <message>
        <source>%1 moved %2 σ</source>
        <translation>%1 bewegte sich um %2 σ</translation>
    </message>
    <message>
        <source>%1 is elevated, z %2</source>
        <translation>%1 ist erhöht, z %2</translation>
    </message>
    <message numerus="yes">
        <source>%1 · %n report(s)</source>
        <translation>
            <numerusform>%1 · %n Meldung</numerusform>
            <numerusform>%1 · %n Meldungen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <translation>
            <numerusform>%1 und %n weiteres</numerusform>
            <numerusform>%1 und %n weitere</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>BackgroundSections</name>
    <message>
        <source>Prices around it</source>
        <translation>Preise darum herum</translation>
    </message>
    <message>
        <source>No daily closes around this event are known. Targets that are chosen in the watchlist are shown here.</source>
        <translation>Um dieses Ereignis herum sind keine Tagesschlüsse bekannt. Was in der Beobachtungsliste gewählt ist, wird hier gezeigt.</translation>
    </message>
    <message>
        <source>Story</source>
        <translation>Geschichte</translation>
    </message>
    <message>
        <source>%1 reports of %2 publishers; choose them all</source>
        <translation>%1 Meldungen von %2 Herausgebern; alle auswählen</translation>
    </message>
    <message>
        <source>Signals that count it</source>
        <translation>Signale, die es zählen</translation>
    </message>
    <message>
        <source>%1; elevated now</source>
        <translation>%1; jetzt erhöht</translation>
    </message>
    <message>
        <source>%1 of %2 are shown, the best first.</source>
        <translation>%1 von %2 werden gezeigt, die besten zuerst.</translation>
    </message>
    <message>
        <source>Alike in meaning, by %1</source>
        <translation>Ähnlich im Sinn, nach %1</translation>
    </message>
    <message>
        <source>What was said when</source>
        <translation>Was wann gesagt wurde</translation>
    </message>
    <message>
        <source>first heard of</source>
        <translation>erstmals gehört</translation>
    </message>
    <message>
        <source>said again</source>
        <translation>wieder gesagt</translation>
    </message>
    <message>
        <source>Revision %1</source>
        <translation>Fassung %1</translation>
    </message>
    <message>
        <source>As it was fetched</source>
        <translation>Wie es geholt wurde</translation>
    </message>
    <message>
        <source>Fetched</source>
        <translation>Geholt</translation>
    </message>
    <message>
        <source>The source&apos;s terms do not let its words be shown here.</source>
        <translation>Die Bedingungen der Quelle erlauben nicht, ihre Worte hier zu zeigen.</translation>
    </message>
    <message>
        <source>Nothing that was fetched is kept: it was imported or made up, or its terms let it be kept for a while only.</source>
        <translation>Es ist nichts Geholtes aufbewahrt: Es wurde importiert oder erfunden, oder die Bedingungen erlauben das Aufbewahren nur eine Weile.</translation>
    </message>
    <message>
        <source>%1 that are older than what is loaded are not shown.</source>
        <translation>%1, die älter sind als das Geladene, werden nicht gezeigt.</translation>
    </message>
    <message>
        <source>%1 earlier revisions are kept and not shown here.</source>
        <translation>%1 frühere Fassungen sind aufbewahrt und hier nicht gezeigt.</translation>
    </message>
</context>
<context>
    <name>Graph</name>
    <message>
        <source>Place</source>
        <translation>Ort</translation>
    </message>
    <message>
        <source>Organization</source>
        <translation>Organisation</translation>
    </message>
    <message>
        <source>Person</source>
        <translation>Person</translation>
    </message>
    <message>
        <source>Market</source>
        <translation>Markt</translation>
    </message>
    <message>
        <source>Topic</source>
        <translation>Thema</translation>
    </message>
    <message>
        <source>Event</source>
        <translation>Ereignis</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <source>Instrument</source>
        <translation>Instrument</translation>
    </message>
    <message>
        <source>Sector</source>
        <translation>Sektor</translation>
    </message>
    <message>
        <source>Country</source>
        <translation>Land</translation>
    </message>
    <message>
        <source>Region</source>
        <translation>Region</translation>
    </message>
    <message>
        <source>Location</source>
        <translation>Ort</translation>
    </message>
    <message>
        <source>Regulator</source>
        <translation>Aufsichtsbehörde</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>Gegenstand</translation>
    </message>
    <message>
        <source>Actor</source>
        <translation>Akteur</translation>
    </message>
    <message>
        <source>Target</source>
        <translation>Ziel</translation>
    </message>
    <message>
        <source>Publisher</source>
        <translation>Herausgeber</translation>
    </message>
    <message>
        <source>Named together</source>
        <translation>Gemeinsam genannt</translation>
    </message>
    <message>
        <source>Reports</source>
        <translation>Meldet</translation>
    </message>
    <message>
        <source>Part of</source>
        <translation>Teil von</translation>
    </message>
    <message>
        <source>Exposure</source>
        <translation>Exposure</translation>
    </message>
    <message>
        <source>named by the same events as</source>
        <translation>in denselben Ereignissen genannt wie</translation>
    </message>
    <message>
        <source>reports</source>
        <translation>meldet</translation>
    </message>
    <message>
        <source>is part of</source>
        <translation>gehört zu</translation>
    </message>
    <message>
        <source>moves, by the exposure rules,</source>
        <translation>bewegt laut Exposure-Regeln</translation>
    </message>
    <message>
        <source>names</source>
        <translation>nennt</translation>
    </message>
    <message>
        <source>Story</source>
        <translation>Geschichte</translation>
    </message>
    <message>
        <source>Tells</source>
        <translation>Erzählt</translation>
    </message>
    <message>
        <source>tells</source>
        <translation>erzählt</translation>
    </message>
</context>
<context>
    <name>MapLegend</name>
    <message>
        <source>EVENTS IN VIEW</source>
        <translation>EREIGNISSE IM AUSSCHNITT</translation>
    </message>
    <message>
        <source>%1  %2</source>
        <translation>%1  %2</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>%1 – %2</source>
        <translation>%1 – %2</translation>
    </message>
    <message>
        <source>no data</source>
        <translation>keine Daten</translation>
    </message>
    <message>
        <source>%1 km</source>
        <translation>%1 km</translation>
    </message>
    <message>
        <source>%1 m</source>
        <translation>%1 m</translation>
    </message>
    <message>
        <source>newest %1 of %2 outlines</source>
        <translation>die neuesten %1 von %2 Umrissen</translation>
    </message>
    <message>
        <source>%1, events per million km²</source>
        <translation>%1, Ereignisse je Million km²</translation>
    </message>
    <message>
        <source>%1, events per hexagon</source>
        <translation>%1, Ereignisse je Sechseck</translation>
    </message>
    <message>
        <source>%1, events per country</source>
        <translation>%1, Ereignisse je Land</translation>
    </message>
    <message>
        <source>Tiles: %1 · %2</source>
        <translation>Kacheln: %1 · %2</translation>
    </message>
    <message>
        <source>STORIES, REPORTS OF EACH</source>
        <translation>GESCHICHTEN, JE MELDUNGEN</translation>
    </message>
    <message>
        <source>%1 in this window; two rings: several publishers</source>
        <translation>%1 in diesem Fenster; zwei Ringe: mehrere Verlage</translation>
    </message>
    <message>
        <source>%1 under others; enlarge the map</source>
        <translation>%1 unter anderen; Karte vergrößern</translation>
    </message>
    <message>
        <source>%1 of no known place</source>
        <translation>%1 ohne bekannten Ort</translation>
    </message>
    <message>
        <source>older ones are not shown</source>
        <translation>ältere sind nicht gezeigt</translation>
    </message>
    <message>
        <source>%1 areas</source>
        <translation>%1 Gebiete</translation>
    </message>
    <message>
        <source>Boundaries: %1</source>
        <translation>Grenzen: %1</translation>
    </message>
    <message>
        <source>outlines drawn to %1°</source>
        <translation>Umrisse auf %1° genau</translation>
    </message>
</context>
<context>
    <name>MapNames</name>
    <message>
        <source>Sanctions</source>
        <translation>Sanktionen</translation>
    </message>
    <message>
        <source>Own imports</source>
        <translation>Eigene Importe</translation>
    </message>
    <message>
        <source>Ports</source>
        <translation>Häfen</translation>
    </message>
    <message>
        <source>Points</source>
        <translation>Punkte</translation>
    </message>
    <message>
        <source>Heat</source>
        <translation>Dichte</translation>
    </message>
    <message>
        <source>Hexagons</source>
        <translation>Sechsecke</translation>
    </message>
    <message>
        <source>By country</source>
        <translation>Nach Land</translation>
    </message>
    <message>
        <source>Outlines: until they end</source>
        <translation>Umrisse: bis zu ihrem Ende</translation>
    </message>
    <message>
        <source>Outlines: begun in the window</source>
        <translation>Umrisse: im Fenster begonnen</translation>
    </message>
    <message>
        <source>Quantiles</source>
        <translation>Quantile</translation>
    </message>
    <message>
        <source>Equal steps</source>
        <translation>Gleiche Schritte</translation>
    </message>
    <message>
        <source>Natural breaks (Jenks)</source>
        <translation>Natürliche Klassen (Jenks)</translation>
    </message>
    <message>
        <source>Diverging from</source>
        <translation>Abweichend von</translation>
    </message>
</context>
<context>
    <name>RevisionWords</name>
    <message>
        <source>%1 %2 → %3</source>
        <translation>%1 %2 → %3</translation>
    </message>
    <message>
        <source>headline: %1</source>
        <translation>Überschrift: %1</translation>
    </message>
    <message>
        <source>summary</source>
        <translation>Zusammenfassung</translation>
    </message>
    <message>
        <source>type: %1</source>
        <translation>Art: %1</translation>
    </message>
    <message>
        <source>severity</source>
        <translation>Schwere</translation>
    </message>
    <message>
        <source>confidence</source>
        <translation>Konfidenz</translation>
    </message>
    <message>
        <source>observed %1</source>
        <translation>beobachtet %1</translation>
    </message>
    <message>
        <source>end</source>
        <translation>Ende</translation>
    </message>
    <message>
        <source>place</source>
        <translation>Ort</translation>
    </message>
    <message>
        <source>details</source>
        <translation>Einzelheiten</translation>
    </message>
    <message>
        <source>retracted</source>
        <translation>zurückgezogen</translation>
    </message>
    <message>
        <source>state</source>
        <translation>Zustand</translation>
    </message>
</context>
<context>
    <name>SourceLink</name>
    <message>
        <source>Open at the source…</source>
        <translation>Bei der Quelle öffnen…</translation>
    </message>
    <message>
        <source>Open in the browser?</source>
        <translation>Im Browser öffnen?</translation>
    </message>
    <message>
        <source>This leaves Chrona and opens %1.</source>
        <translation>Dies verlässt Chrona und öffnet %1.</translation>
    </message>
</context>
<context>
    <name>TimelineLanes</name>
    <message>
        <source>no country</source>
        <translation>kein Land</translation>
    </message>
    <message>
        <source>%1 more</source>
        <translation>%1 weitere</translation>
    </message>
    <message>
        <source>%1 (newest %2 of %3)</source>
        <translation>%1 (neueste %2 von %3)</translation>
    </message>
</context>
<context>
    <name>WatchedTables</name>
    <message>
        <source>Arrange the table</source>
        <translation>Tabelle anordnen</translation>
    </message>
    <message>
        <source>Move the lag</source>
        <translation>Verzug verschieben</translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message>
        <source>sound</source>
        <translation>solide</translation>
    </message>
    <message>
        <source>abstains</source>
        <translation>enthält sich</translation>
    </message>
    <message>
        <source>no price yet</source>
        <translation>noch kein Preis</translation>
    </message>
    <message>
        <source>calm</source>
        <translation>ruhig</translation>
    </message>
    <message>
        <source>moving</source>
        <translation>bewegt</translation>
    </message>
    <message>
        <source>a stable currency leaves its rate</source>
        <translation>ein Stablecoin verlässt seinen Kurs</translation>
    </message>
    <message>
        <source>counts</source>
        <translation>zählt</translation>
    </message>
    <message>
        <source>silent</source>
        <translation>still</translation>
    </message>
    <message>
        <source>stale</source>
        <translation>veraltet</translation>
    </message>
    <message>
        <source>deviates</source>
        <translation>weicht ab</translation>
    </message>
    <message>
        <source>frozen</source>
        <translation>eingefroren</translation>
    </message>
    <message>
        <source>connecting</source>
        <translation>verbindet</translation>
    </message>
    <message>
        <source>streaming</source>
        <translation>Strom</translation>
    </message>
    <message>
        <source>polling</source>
        <translation>Abfrage</translation>
    </message>
    <message>
        <source>maintenance</source>
        <translation>Wartung</translation>
    </message>
    <message>
        <source>resting</source>
        <translation>ruht</translation>
    </message>
    <message>
        <source>blocked</source>
        <translation>gesperrt</translation>
    </message>
    <message>
        <source>%1 lies %2 bp from %3</source>
        <translation>%1 liegt %2 Bp. von %3 entfernt</translation>
    </message>
    <message>
        <source>%1 has had no sound price for %2 s</source>
        <translation>%1 hat seit %2 s keinen verlässlichen Preis</translation>
    </message>
    <message numerus="yes">
        <source>Only %n sound venue(s) price %1</source>
        <translation>
            <numerusform>Nur %n verlässliche Börse nennt einen Preis für %1</numerusform>
            <numerusform>Nur %n verlässliche Börsen nennen einen Preis für %1</numerusform>
        </translation>
    </message>
    <message>
        <source>The venues of %1 disagree: ±%2 bp</source>
        <translation>Die Börsen von %1 sind uneins: ±%2 Bp.</translation>
    </message>
    <message>
        <source>%1 is not heard</source>
        <translation>%1 ist nicht zu hören</translation>
    </message>
    <message>
        <source>not known yet</source>
        <translation>noch nicht bekannt</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>ja</translation>
    </message>
    <message>
        <source>no</source>
        <translation>nein</translation>
    </message>
    <message>
        <source>Identity</source>
        <translation>Identität</translation>
    </message>
    <message>
        <source>Submissions</source>
        <translation>Einreichungen</translation>
    </message>
    <message>
        <source>Signatures</source>
        <translation>Signaturen</translation>
    </message>
    <message>
        <source>Signing policy</source>
        <translation>Signing Policy</translation>
    </message>
    <message>
        <source>Delegation</source>
        <translation>Delegation</translation>
    </message>
    <message>
        <source>commit</source>
        <translation>Commit</translation>
    </message>
    <message>
        <source>reveal</source>
        <translation>Reveal</translation>
    </message>
    <message>
        <source>sign</source>
        <translation>Signatur</translation>
    </message>
    <message>
        <source>finalise</source>
        <translation>Finalisierung</translation>
    </message>
    <message numerus="yes">
        <source>%1, %n block(s) behind</source>
        <translation>
            <numerusform>%1, %n Block zurück</numerusform>
            <numerusform>%1, %n Blöcke zurück</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1: registered now %2, next %3; %n block(s) behind</source>
        <translation>
            <numerusform>%1: jetzt registriert: %2, danach: %3; %n Block zurück</numerusform>
            <numerusform>%1: jetzt registriert: %2, danach: %3; %n Blöcke zurück</numerusform>
        </translation>
    </message>
    <message>
        <source>Anchor feeds</source>
        <translation>Anker-Feeds</translation>
    </message>
    <message>
        <source>Data connector</source>
        <translation>Datenanbindung</translation>
    </message>
    <message>
        <source>Fast updates</source>
        <translation>Schnelle Aktualisierungen</translation>
    </message>
    <message>
        <source>The provider is not registered for the next reward epoch</source>
        <translation>Der Anbieter ist für die nächste Belohnungsepoche nicht angemeldet</translation>
    </message>
    <message numerus="yes">
        <source>The %1 account can pay %n more transaction(s)</source>
        <translation>
            <numerusform>Das Konto %1 kann noch %n Transaktion bezahlen</numerusform>
            <numerusform>Das Konto %1 kann noch %n Transaktionen bezahlen</numerusform>
        </translation>
    </message>
    <message>
        <source>The provider revealed %1 % of the last rounds in time</source>
        <translation>Der Anbieter hat %1 % der letzten Runden rechtzeitig aufgedeckt</translation>
    </message>
    <message>
        <source>Only %1 of a hundred providers come no closer</source>
        <translation>Nur %1 von hundert Anbietern kommen nicht näher</translation>
    </message>
    <message>
        <source>%1: %2 %, where the minimal conditions want %3 %</source>
        <translation>%1: %2 %, wo die Mindestbedingungen %3 % verlangen</translation>
    </message>
    <message>
        <source>The chain was last read %1 s ago</source>
        <translation>Die Kette wurde zuletzt vor %1 s gelesen</translation>
    </message>
    <message>
        <source>The network&apos;s registry names another address for %1</source>
        <translation>Das Verzeichnis des Netzes nennt für %1 eine andere Adresse</translation>
    </message>
    <message>
        <source>%1 USD</source>
        <translation>%1 USD</translation>
    </message>
    <message>
        <source>%1, %2; the goal is %3</source>
        <translation>%1, %2; das Ziel ist %3</translation>
    </message>
    <message>
        <source>Half the delegation</source>
        <translation>Halbe Delegation</translation>
    </message>
    <message>
        <source>Twice the delegation</source>
        <translation>Doppelte Delegation</translation>
    </message>
    <message>
        <source>Gas at twenty times</source>
        <translation>Gas zwanzigmal so teuer</translation>
    </message>
    <message>
        <source>Coin at half</source>
        <translation>Münze halb so viel wert</translation>
    </message>
    <message>
        <source>Coin at twice</source>
        <translation>Münze doppelt so viel wert</translation>
    </message>
    <message>
        <source>As it is</source>
        <translation>Wie es ist</translation>
    </message>
    <message>
        <source>Economics, reward epoch %1</source>
        <translation>Wirtschaftlichkeit, Belohnungsepoche %1</translation>
    </message>
    <message>
        <source>A submission</source>
        <translation>Eine Einreichung</translation>
    </message>
    <message>
        <source>The median fee of one transaction</source>
        <translation>Der Median der Gebühr einer Transaktion</translation>
    </message>
    <message>
        <source>Own fee</source>
        <translation>Eigene Gebühr</translation>
    </message>
    <message>
        <source>Of what the anchor feeds should pay the provider and its delegators: %1</source>
        <translation>Von dem, was die Anker-Feeds dem Anbieter und seinen Delegierenden zahlen sollten: %1</translation>
    </message>
    <message>
        <source>Costs</source>
        <translation>Kosten</translation>
    </message>
    <message>
        <source>gas %1, machine %2</source>
        <translation>Gas %1, Rechner %2</translation>
    </message>
    <message>
        <source>chronactl config set flare.host_usd_month says what the machine costs</source>
        <translation>chronactl config set flare.host_usd_month sagt, was der Rechner kostet</translation>
    </message>
    <message>
        <source>Net</source>
        <translation>Netto</translation>
    </message>
    <message>
        <source>Other protocols</source>
        <translation>Andere Protokolle</translation>
    </message>
    <message>
        <source>What was paid or is open beyond the anchor feeds&apos; part, as far as delegators have claimed theirs</source>
        <translation>Was über den Teil der Anker-Feeds hinaus gezahlt wurde oder offen ist, soweit Delegierende das Ihre abgerufen haben</translation>
    </message>
    <message>
        <source>Breaks even at</source>
        <translation>Trägt sich ab</translation>
    </message>
    <message>
        <source>a vote power of %1</source>
        <translation>einer Stimmkraft von %1</translation>
    </message>
    <message>
        <source>Net of that epoch if</source>
        <translation>Netto dieser Epoche, wenn</translation>
    </message>
    <message>
        <source>%1 %, %2 points</source>
        <translation>%1 %, %2 Punkte</translation>
    </message>
    <message>
        <source>Revealed</source>
        <translation>Aufgedeckt</translation>
    </message>
    <message>
        <source>In the quartiles</source>
        <translation>In den Quartilen</translation>
    </message>
    <message>
        <source>In the band</source>
        <translation>Im Band</translation>
    </message>
    <message>
        <source>Percentile</source>
        <translation>Perzentil</translation>
    </message>
    <message>
        <source>%1, %2 points</source>
        <translation>%1, %2 Punkte</translation>
    </message>
    <message>
        <source>Signing weight</source>
        <translation>Gewicht beim Unterzeichnen</translation>
    </message>
    <message>
        <source>Reward epoch %1 beside %2</source>
        <translation>Belohnungsepoche %1 neben %2</translation>
    </message>
    <message>
        <source>%1 M</source>
        <translation>%1 Mio.</translation>
    </message>
    <message>
        <source>not looked at yet; %1 mirrored stake</source>
        <translation>noch nicht betrachtet; %1 gespiegelter Einsatz</translation>
    </message>
    <message>
        <source>%1; since it began %2 %</source>
        <translation>%1; seit Beginn %2 %</translation>
    </message>
    <message>
        <source>%1 of all %2 fast updates; the minimal conditions want 80 % of what the weight lets expect</source>
        <translation>%1 von allen %2 schnellen Aktualisierungen; die Mindestbedingungen verlangen 80 % dessen, was das Gewicht erwarten lässt</translation>
    </message>
    <message>
        <source>Signed %1 of the data connector&apos;s %2 results; the minimal conditions want 60 % of them</source>
        <translation>Hat %1 von %2 Ergebnissen der Datenanbindung unterzeichnet; die Mindestbedingungen verlangen 60 %</translation>
    </message>
    <message>
        <source>The reward epoch runs</source>
        <translation>Die Belohnungsepoche läuft</translation>
    </message>
    <message>
        <source>As the network published them</source>
        <translation>Wie vom Netz veröffentlicht</translation>
    </message>
    <message>
        <source>Counted on from what was published; uptime is what was seen from here</source>
        <translation>Weitergezählt von dem, was veröffentlicht wurde; die Verfügbarkeit ist die von hier gesehene</translation>
    </message>
    <message>
        <source>At least so many, counted since the chain is indexed: flare.passes_data says where the network publishes them</source>
        <translation>Mindestens so viele, gezählt, seit die Kette gelesen wird: flare.passes_data sagt, wo das Netz sie veröffentlicht</translation>
    </message>
    <message>
        <source>%1. Its validators were not seen and count as failed</source>
        <translation>%1. Seine Validatoren wurden nicht gesehen und gelten als verfehlt</translation>
    </message>
    <message>
        <source>%1. All rewards of the reward epoch are lost</source>
        <translation>%1. Alle Belohnungen der Belohnungsepoche sind verloren</translation>
    </message>
    <message>
        <source>%1. Its rewards are paid</source>
        <translation>%1. Ihre Belohnungen werden gezahlt</translation>
    </message>
    <message>
        <source>%1 within half a percent of the median, 80 % wanted</source>
        <translation>%1 innerhalb eines halben Prozents vom Median, 80 % verlangt</translation>
    </message>
    <message>
        <source>%1 of the results signed, 60 % wanted</source>
        <translation>%1 der Ergebnisse unterzeichnet, 60 % verlangt</translation>
    </message>
    <message>
        <source>%1 of what is expected, 80 % wanted</source>
        <translation>%1 dessen, was zu erwarten ist, 80 % verlangt</translation>
    </message>
    <message>
        <source>none is registered</source>
        <translation>keiner ist angemeldet</translation>
    </message>
    <message>
        <source>Four fifths of the stake with 80 % of uptime and 1 M of self-bond; 3 M of it and 15 M of stake earn passes</source>
        <translation>Vier Fünftel des Einsatzes mit 80 % Verfügbarkeit und 1 Mio. eigener Einsatz; 3 Mio. davon und 15 Mio. Einsatz bringen Pässe</translation>
    </message>
    <message>
        <source>Passes</source>
        <translation>Pässe</translation>
    </message>
    <message>
        <source>%1 after reward epoch %2</source>
        <translation>%1 nach Belohnungsepoche %2</translation>
    </message>
    <message>
        <source>Minimal conditions of reward epoch %1</source>
        <translation>Mindestbedingungen der Belohnungsepoche %1</translation>
    </message>
    <message>
        <source>Validators: %1</source>
        <translation>Validatoren: %1</translation>
    </message>
    <message>
        <source>met</source>
        <translation>erfüllt</translation>
    </message>
    <message>
        <source>met, earns no pass</source>
        <translation>erfüllt, bringt keinen Pass</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>verfehlt</translation>
    </message>
    <message>
        <source>not seen</source>
        <translation>nicht gesehen</translation>
    </message>
    <message>
        <source>Validators</source>
        <translation>Validatoren</translation>
    </message>
    <message>
        <source>Self-bond</source>
        <translation>Eigener Einsatz</translation>
    </message>
    <message numerus="yes">
        <source>there in %1 of %n look(s); self-bond %2, stake %3</source>
        <translation>
            <numerusform>da bei %1 von %n Blick; eigener Einsatz %2, Einsatz %3</numerusform>
            <numerusform>da bei %1 von %n Blicken; eigener Einsatz %2, Einsatz %3</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Workstation</name>
    <message>
        <source>The service is ending…</source>
        <translation>Der Dienst endet…</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Moved %1 of %2</source>
        <translation>%1 von %2 verschoben</translation>
    </message>
    <message>
        <source>Nothing was moved</source>
        <translation>Es wurde nichts verschoben</translation>
    </message>
</context>
<context>
    <name>chrona::ui::AboutDialog</name>
    <message>
        <source>About Chrona</source>
        <translation>Über Chrona</translation>
    </message>
    <message>
        <source>Version %1</source>
        <translation>Version %1</translation>
    </message>
    <message>
        <source>Research, not advice</source>
        <translation>Recherche, keine Beratung</translation>
    </message>
    <message>
        <source>Chrona is a research instrument. It shows public information and statistics with their evidence. It gives no financial advice and does not trade.</source>
        <translation>Chrona ist ein Recherchewerkzeug. Es zeigt öffentliche Informationen und Statistiken mit ihren Belegen. Es gibt keine Anlageberatung und handelt nicht.</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>Daten</translation>
    </message>
    <message>
        <source>Base map made with Natural Earth (public domain). Each event names its source, licence and attribution in the inspector; the Sources view lists the terms of all of them.</source>
        <translation>Grundkarte aus Natural Earth (gemeinfrei). Zu jedem Ereignis nennt der Inspektor Quelle, Lizenz und Quellenvermerk; der Bereich „Quellen“ führt die Bedingungen aller Quellen auf.</translation>
    </message>
    <message>
        <source>Software</source>
        <translation>Software</translation>
    </message>
    <message>
        <source>Free software under the GNU Affero General Public License, version 3 or later, without any warranty. Built with Qt %1 (LGPL/GPL), PostgreSQL (PostgreSQL licence), OpenSSL (Apache-2.0), spdlog and fmt (MIT), and the Inter typeface (OFL-1.1).</source>
        <translation>Freie Software unter der GNU Affero General Public License, Version 3 oder später, ohne jede Gewährleistung. Erstellt mit Qt %1 (LGPL/GPL), PostgreSQL (PostgreSQL-Lizenz), OpenSSL (Apache-2.0), spdlog und fmt (MIT) sowie der Schrift Inter (OFL-1.1).</translation>
    </message>
</context>
<context>
    <name>chrona::ui::AccuracyModel</name>
    <message>
        <source>no value</source>
        <translation>kein Wert</translation>
    </message>
    <message>
        <source>below the quartiles</source>
        <translation>unter den Quartilen</translation>
    </message>
    <message>
        <source>above the quartiles</source>
        <translation>über den Quartilen</translation>
    </message>
    <message>
        <source>between the quartiles</source>
        <translation>zwischen den Quartilen</translation>
    </message>
    <message>
        <source>Round %1: %2 was given, %3 is the median, the quartiles are %4 and %5</source>
        <translation>Runde %1: %2 wurde angegeben, %3 ist der Median, die Quartile sind %4 und %5</translation>
    </message>
    <message>
        <source>All others had %1 of their values in the primary band, %2 in the wider one</source>
        <translation>Alle anderen hatten %1 ihrer Werte im engeren Band, %2 im weiteren</translation>
    </message>
    <message>
        <source>%1 of %2 rounds with a value</source>
        <translation>%1 von %2 Runden mit einem Wert</translation>
    </message>
    <message>
        <source>Feed</source>
        <translation>Feed</translation>
    </message>
    <message>
        <source>IQR</source>
        <translation>IQR</translation>
    </message>
    <message>
        <source>Band</source>
        <translation>Band</translation>
    </message>
    <message>
        <source>0.5 %</source>
        <translation>0,5 %</translation>
    </message>
    <message>
        <source>Others&apos; IQR</source>
        <translation>IQR der anderen</translation>
    </message>
    <message>
        <source>Rank</source>
        <translation>Rang</translation>
    </message>
    <message>
        <source>Last value</source>
        <translation>Letzter Wert</translation>
    </message>
</context>
<context>
    <name>chrona::ui::AccuracyPane</name>
    <message>
        <source>Accuracy by feed</source>
        <translation>Genauigkeit je Feed</translation>
    </message>
    <message>
        <source>rounds %1 to %2</source>
        <translation>Runden %1 bis %2</translation>
    </message>
    <message>
        <source>No values yet</source>
        <translation>Noch keine Werte</translation>
    </message>
    <message>
        <source>How close a provider&apos;s values came, feed by feed, is told here when its chain is followed: chronactl flare watch --identity ADDRESS.</source>
        <translation>Wie nah die Werte eines Anbieters kamen, Feed für Feed, steht hier, wenn seiner Kette gefolgt wird: chronactl flare watch --identity ADDRESS.</translation>
    </message>
</context>
<context>
    <name>chrona::ui::AddFeedDialog</name>
    <message>
        <source>Please choose</source>
        <translation>Bitte wählen</translation>
    </message>
    <message>
        <source>May it be passed on?</source>
        <translation>Darf es weitergegeben werden?</translation>
    </message>
    <message>
        <source>What may be kept?</source>
        <translation>Was darf aufbewahrt werden?</translation>
    </message>
    <message>
        <source>For how long?</source>
        <translation>Wie lange?</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Hinzufügen</translation>
    </message>
    <message>
        <source>Add a feed</source>
        <translation>Feed hinzufügen</translation>
    </message>
    <message>
        <source>CC-BY-4.0, terms of use…</source>
        <translation>CC-BY-4.0, Nutzungsbedingungen…</translation>
    </message>
    <message>
        <source>No, or the terms do not say</source>
        <translation>Nein, oder die Bedingungen sagen es nicht</translation>
    </message>
    <message>
        <source>Yes, when the publisher is named</source>
        <translation>Ja, wenn der Herausgeber genannt wird</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>Ja</translation>
    </message>
    <message>
        <source>Titles, times and links</source>
        <translation>Titel, Zeiten und Links</translation>
    </message>
    <message>
        <source>Everything that the feed says</source>
        <translation>Alles, was der Feed sagt</translation>
    </message>
    <message>
        <source>24 hours</source>
        <translation>24 Stunden</translation>
    </message>
    <message>
        <source>30 days</source>
        <translation>30 Tage</translation>
    </message>
    <message>
        <source>90 days</source>
        <translation>90 Tage</translation>
    </message>
    <message>
        <source>2 years</source>
        <translation>2 Jahre</translation>
    </message>
    <message>
        <source>For good</source>
        <translation>Auf Dauer</translation>
    </message>
    <message>
        <source>Read the publisher&apos;s terms first. What you answer here is kept with the feed and holds for exports and briefings.</source>
        <translation>Lesen Sie zuerst die Bedingungen des Herausgebers. Ihre Antworten bleiben beim Feed und gelten für Exporte und Briefings.</translation>
    </message>
    <message>
        <source>Feed address</source>
        <translation>Adresse des Feeds</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Address of its terms</source>
        <translation>Adresse seiner Bedingungen</translation>
    </message>
    <message>
        <source>Licence or terms</source>
        <translation>Lizenz oder Bedingungen</translation>
    </message>
    <message>
        <source>Reading list…</source>
        <translation>Leseliste…</translation>
    </message>
    <message>
        <source>All feeds of an OPML file, under the same terms</source>
        <translation>Alle Feeds einer OPML-Datei zu denselben Bedingungen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Reading list</source>
        <translation>Leseliste</translation>
    </message>
    <message>
        <source>OPML lists (*.opml *.xml)</source>
        <translation>OPML-Listen (*.opml *.xml)</translation>
    </message>
    <message>
        <source>Answer every question first</source>
        <translation>Beantworten Sie zuerst jede Frage</translation>
    </message>
    <message>
        <source>The file cannot be read.</source>
        <translation>Die Datei lässt sich nicht lesen.</translation>
    </message>
    <message>
        <source>This is no reading list, or it names no feed.</source>
        <translation>Das ist keine Leseliste, oder sie nennt keinen Feed.</translation>
    </message>
    <message numerus="yes">
        <source>%n feeds of %1</source>
        <translation>
            <numerusform>%n Feed aus %1</numerusform>
            <numerusform>%n Feeds aus %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>chrona::ui::AddTilesDialog</name>
    <message>
        <source>Closest to the whole world</source>
        <translation>Am nächsten an der ganzen Welt</translation>
    </message>
    <message>
        <source>Closest to the ground</source>
        <translation>Am nächsten am Boden</translation>
    </message>
    <message>
        <source>I have read these terms, and they allow this use</source>
        <translation>Ich habe diese Bedingungen gelesen, und sie erlauben diese Nutzung</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Hinzufügen</translation>
    </message>
    <message>
        <source>Add a server of tiles</source>
        <translation>Kachelserver hinzufügen</translation>
    </message>
    <message>
        <source>© Whom the terms say</source>
        <translation>© Wen die Bedingungen nennen</translation>
    </message>
    <message>
        <source>An address with {z}, {x} and {y} for each tile, or that of a PMTiles archive. The service asks for the tiles that you look at, one after another, and keeps them for a while.</source>
        <translation>Eine Adresse mit {z}, {x} und {y} für jede Kachel, oder die eines PMTiles-Archivs. Der Dienst fragt nach den Kacheln, die Sie ansehen, nach und nach, und bewahrt sie eine Weile auf.</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>The map names</source>
        <translation>Die Karte nennt</translation>
    </message>
    <message>
        <source>Address of its terms</source>
        <translation>Adresse der Bedingungen</translation>
    </message>
    <message>
        <source>to</source>
        <translation>bis</translation>
    </message>
    <message>
        <source>Zooms</source>
        <translation>Zoomstufen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Answer every question first</source>
        <translation>Beantworten Sie zuerst jede Frage</translation>
    </message>
    <message>
        <source>Asking the server…</source>
        <translation>Der Server wird gefragt…</translation>
    </message>
</context>
<context>
    <name>chrona::ui::AlertsModel</name>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1 (waits for the end of quiet hours)</source>
        <translation>%1 (wartet auf das Ende der Ruhezeit)</translation>
    </message>
    <message>
        <source>Alert</source>
        <translation>Alarm</translation>
    </message>
    <message>
        <source>Rule</source>
        <translation>Regel</translation>
    </message>
    <message>
        <source>Raised</source>
        <translation>Ausgelöst</translation>
    </message>
</context>
<context>
    <name>chrona::ui::AlertsPane</name>
    <message>
        <source>Alerts of your rules</source>
        <translation>Alarme der eigenen Regeln</translation>
    </message>
    <message>
        <source>Rules…</source>
        <translation>Regeln…</translation>
    </message>
    <message>
        <source>What alerts you, and when</source>
        <translation>Was einen Alarm auslöst und wann</translation>
    </message>
    <message>
        <source>Loading alerts…</source>
        <translation>Alarme werden geladen…</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>No alerts</source>
        <translation>Keine Alarme</translation>
    </message>
    <message numerus="yes">
        <source>%n rule(s) are looked at as events come and each hour.</source>
        <translation>
            <numerusform>%n Regel wird bei jedem Ereignis und jede Stunde geprüft.</numerusform>
            <numerusform>%n Regeln werden bei jedem Ereignis und jede Stunde geprüft.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>chrona::ui::AsOfPopup</name>
    <message>
        <source>As-of time</source>
        <translation>Stand</translation>
    </message>
    <message>
        <source>Show the world as it was known at</source>
        <translation>Die Welt nach dem Wissensstand vom</translation>
    </message>
    <message>
        <source>Date and time in UTC</source>
        <translation>Datum und Uhrzeit in UTC</translation>
    </message>
    <message>
        <source>1 d ago</source>
        <translation>vor 1 d</translation>
    </message>
    <message>
        <source>7 d ago</source>
        <translation>vor 7 d</translation>
    </message>
    <message>
        <source>30 d ago</source>
        <translation>vor 30 d</translation>
    </message>
    <message>
        <source>Hides what became available later, also when it happened before.</source>
        <translation>Blendet aus, was erst später bekannt wurde, auch wenn es vorher geschah.</translation>
    </message>
    <message>
        <source>Back to now</source>
        <translation>Zurück zu jetzt</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Anzeigen</translation>
    </message>
</context>
<context>
    <name>chrona::ui::BearingPane</name>
    <message>
        <source>What bears on it</source>
        <translation>Was dazu gehört</translation>
    </message>
    <message>
        <source>No investigation is open</source>
        <translation>Keine Untersuchung geöffnet</translation>
    </message>
    <message>
        <source>Stories and signals about what is pinned stand here.</source>
        <translation>Geschichten und Signale zu dem, was angeheftet ist, stehen hier.</translation>
    </message>
    <message>
        <source>Nothing bears on the pins</source>
        <translation>Nichts gehört zu den Pins</translation>
    </message>
    <message>
        <source>No story holds a pinned event or names a pinned entity, and no signal counts one.</source>
        <translation>Keine Geschichte enthält ein angeheftetes Ereignis oder nennt einen angehefteten Namen, und kein Signal zählt eines.</translation>
    </message>
    <message>
        <source>Stories</source>
        <translation>Geschichten</translation>
    </message>
    <message>
        <source>%1 reports, the last %2</source>
        <translation>%1 Meldungen, die letzte %2</translation>
    </message>
    <message>
        <source>Signals</source>
        <translation>Signale</translation>
    </message>
    <message>
        <source>elevated now</source>
        <translation>jetzt erhöht</translation>
    </message>
    <message>
        <source>as usual now</source>
        <translation>jetzt wie üblich</translation>
    </message>
    <message>
        <source>%1 stories, %2 signals</source>
        <translation>%1 Geschichten, %2 Signale</translation>
    </message>
    <message>
        <source>Looking for what bears on the pins…</source>
        <translation>Es wird gesucht, was zu den Pins gehört…</translation>
    </message>
</context>
<context>
    <name>chrona::ui::BoardCanvas</name>
    <message>
        <source>Canvas of the investigation</source>
        <translation>Pinnwand der Untersuchung</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message numerus="yes">
        <source>%n card(s); arrow keys go from one to the next</source>
        <translation>
            <numerusform>%n Karte; Pfeiltasten führen von einer zur nächsten</numerusform>
            <numerusform>%n Karten; Pfeiltasten führen von einer zur nächsten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Move %n card(s)</source>
        <translation>
            <numerusform>%n Karte verschieben</numerusform>
            <numerusform>%n Karten verschieben</numerusform>
        </translation>
    </message>
    <message>
        <source>Arrange the board</source>
        <translation>Pinnwand ordnen</translation>
    </message>
    <message>
        <source>Nothing is pinned or written yet. What is pinned appears here.</source>
        <translation>Noch ist nichts angeheftet oder geschrieben. Angeheftetes erscheint hier.</translation>
    </message>
    <message>
        <source>%1 % sure</source>
        <translation>%1 % sicher</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
</context>
<context>
    <name>chrona::ui::BoardPane</name>
    <message>
        <source>Open again</source>
        <translation>Wieder öffnen</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>Notizen</translation>
    </message>
    <message>
        <source>Hypotheses</source>
        <translation>Hypothesen</translation>
    </message>
    <message>
        <source>Title of the investigation</source>
        <translation>Titel der Untersuchung</translation>
    </message>
    <message>
        <source>Question of the investigation</source>
        <translation>Frage der Untersuchung</translation>
    </message>
    <message>
        <source>What is to be found out?</source>
        <translation>Was soll herausgefunden werden?</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>New note</source>
        <translation>Neue Notiz</translation>
    </message>
    <message>
        <source>New hypothesis</source>
        <translation>Neue Hypothese</translation>
    </message>
    <message>
        <source>Untitled investigation</source>
        <translation>Untersuchung ohne Titel</translation>
    </message>
    <message>
        <source>Name the investigation</source>
        <translation>Untersuchung benennen</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>Gespeichert</translation>
    </message>
    <message>
        <source>⚠ %1 to decide</source>
        <translation>⚠ %1 zu entscheiden</translation>
    </message>
    <message>
        <source>Archived, read only</source>
        <translation>Archiviert, nur lesbar</translation>
    </message>
    <message>
        <source>⚠ %1 not saved: the service is away</source>
        <translation>⚠ %1 nicht gespeichert: Dienst nicht erreichbar</translation>
    </message>
    <message>
        <source>Saving…</source>
        <translation>Wird gespeichert…</translation>
    </message>
    <message>
        <source>No investigation is open</source>
        <translation>Keine Untersuchung geöffnet</translation>
    </message>
    <message>
        <source>An investigation gathers pins, notes and hypotheses about one question.</source>
        <translation>Eine Untersuchung sammelt Pins, Notizen und Hypothesen zu einer Frage.</translation>
    </message>
    <message>
        <source>New investigation</source>
        <translation>Neue Untersuchung</translation>
    </message>
    <message>
        <source>Opening the investigation…</source>
        <translation>Untersuchung wird geöffnet…</translation>
    </message>
    <message>
        <source>Canvas</source>
        <translation>Pinnwand</translation>
    </message>
    <message>
        <source>Show the board as a canvas</source>
        <translation>Als Pinnwand zeigen</translation>
    </message>
    <message>
        <source>Pins, notes and hypotheses as cards that lie where you put them</source>
        <translation>Angeheftetes, Notizen und Hypothesen als Karten, die liegen, wo man sie hinlegt</translation>
    </message>
    <message>
        <source>Arrange</source>
        <translation>Ordnen</translation>
    </message>
    <message>
        <source>Arrange the cards in columns</source>
        <translation>Karten in Spalten ordnen</translation>
    </message>
    <message>
        <source>In columns: pins, hypotheses, notes</source>
        <translation>In Spalten: Angeheftetes, Hypothesen, Notizen</translation>
    </message>
    <message>
        <source>notes: %1, hypotheses: %2</source>
        <translation>Notizen: %1, Hypothesen: %2</translation>
    </message>
    <message>
        <source>No notes yet: what you see, with the pins that show it.</source>
        <translation>Noch keine Notizen: was zu sehen ist, mit den Pins, die es zeigen.</translation>
    </message>
    <message>
        <source>No hypotheses yet: claims, each with what speaks for and against it.</source>
        <translation>Noch keine Hypothesen: Behauptungen, jede mit dem, was für und gegen sie spricht.</translation>
    </message>
</context>
<context>
    <name>chrona::ui::BriefingDaysPane</name>
    <message>
        <source>Sections</source>
        <translation>Abschnitte</translation>
    </message>
    <message>
        <source>Sections of the briefing</source>
        <translation>Abschnitte des Briefings</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>Tag</translation>
    </message>
    <message>
        <source>Day of the briefing</source>
        <translation>Tag des Briefings</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Open the briefing of this day, or offer to make it</source>
        <translation>Briefing dieses Tages öffnen oder zum Erstellen anbieten</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>Words in any briefing</source>
        <translation>Wörter in allen Briefings</translation>
    </message>
    <message>
        <source>Search briefings</source>
        <translation>Briefings durchsuchen</translation>
    </message>
    <message>
        <source>Briefings that are kept</source>
        <translation>Aufbewahrte Briefings</translation>
    </message>
    <message>
        <source>%1 · edition %2</source>
        <translation>%1 · Ausgabe %2</translation>
    </message>
    <message>
        <source>%1
known at %2 UTC</source>
        <translation>%1
Stand %2 UTC</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Loading the history…</source>
        <translation>Verlauf wird geladen…</translation>
    </message>
    <message>
        <source>No briefing is open.</source>
        <translation>Kein Briefing ist offen.</translation>
    </message>
    <message>
        <source>No briefing is kept yet.</source>
        <translation>Noch ist kein Briefing aufbewahrt.</translation>
    </message>
    <message>
        <source>No briefing holds these words.</source>
        <translation>Kein Briefing enthält diese Wörter.</translation>
    </message>
</context>
<context>
    <name>chrona::ui::BriefingEvidencePane</name>
    <message>
        <source>Evidence of the sentence</source>
        <translation>Belege des Satzes</translation>
    </message>
    <message>
        <source>No sentence chosen</source>
        <translation>Kein Satz gewählt</translation>
    </message>
    <message>
        <source>Point at a sentence of the briefing, or walk through it with ↑ and ↓.</source>
        <translation>Auf einen Satz des Briefings zeigen oder es mit ↑ und ↓ durchgehen.</translation>
    </message>
    <message>
        <source>no longer told since %1</source>
        <translation>seit %1 nicht mehr enthalten</translation>
    </message>
    <message>
        <source>Told on %1, not any more</source>
        <translation>Enthalten am %1, nicht mehr danach</translation>
    </message>
    <message>
        <source>Basis</source>
        <translation>Grundlage</translation>
    </message>
    <message>
        <source>%1  %2</source>
        <translation>%1  %2</translation>
    </message>
    <message>
        <source>Family</source>
        <translation>Familie</translation>
    </message>
    <message>
        <source>Corroboration counts families, not feeds</source>
        <translation>Als Bestätigung zählen Familien, nicht Feeds</translation>
    </message>
    <message>
        <source>Show in every view</source>
        <translation>In allen Bereichen anzeigen</translation>
    </message>
    <message>
        <source>Show the signal</source>
        <translation>Signal anzeigen</translation>
    </message>
    <message>
        <source>1 source</source>
        <translation>1 Quelle</translation>
    </message>
    <message>
        <source>%1 sources</source>
        <translation>%1 Quellen</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>Worte</translation>
    </message>
    <message>
        <source>Computed</source>
        <translation>Berechnet</translation>
    </message>
</context>
<context>
    <name>chrona::ui::BriefingNotesPane</name>
    <message>
        <source>Notes on this day. They are printed first, in every export, as yours.</source>
        <translation>Notizen zu diesem Tag. Sie stehen in jedem Export am Anfang, als eigene gekennzeichnet.</translation>
    </message>
    <message>
        <source>Notes on the briefing</source>
        <translation>Notizen zum Briefing</translation>
    </message>
    <message>
        <source>%1 of %2 characters</source>
        <translation>%1 von %2 Zeichen</translation>
    </message>
    <message>
        <source>No briefing is open</source>
        <translation>Kein Briefing geöffnet</translation>
    </message>
    <message>
        <source>Notes are kept by the day.</source>
        <translation>Notizen werden je Tag aufbewahrt.</translation>
    </message>
</context>
<context>
    <name>chrona::ui::BriefingPane</name>
    <message>
        <source>The briefing before this one</source>
        <translation>Vorheriges Briefing</translation>
    </message>
    <message>
        <source>The briefing after this one</source>
        <translation>Nächstes Briefing</translation>
    </message>
    <message>
        <source>Make this day&apos;s briefing again, as a background job</source>
        <translation>Briefing dieses Tages neu erstellen, als Hintergrundauftrag</translation>
    </message>
    <message>
        <source>Make again</source>
        <translation>Neu erstellen</translation>
    </message>
    <message>
        <source>Export the briefing</source>
        <translation>Briefing exportieren</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>PDF, A4…</source>
        <translation>PDF, A4…</translation>
    </message>
    <message>
        <source>PDF, Letter…</source>
        <translation>PDF, Letter…</translation>
    </message>
    <message>
        <source>HTML, one file…</source>
        <translation>HTML, eine Datei…</translation>
    </message>
    <message>
        <source>Markdown…</source>
        <translation>Markdown…</translation>
    </message>
    <message>
        <source>JSON…</source>
        <translation>JSON…</translation>
    </message>
    <message>
        <source>Making the briefing</source>
        <translation>Briefing wird erstellt</translation>
    </message>
    <message>
        <source>Compare with another day</source>
        <translation>Mit einem anderen Tag vergleichen</translation>
    </message>
    <message>
        <source>Notes of the reader</source>
        <translation>Notizen des Lesers</translation>
    </message>
    <message>
        <source>Compare with…</source>
        <translation>Vergleichen mit…</translation>
    </message>
    <message>
        <source>Against %1</source>
        <translation>Gegen %1</translation>
    </message>
    <message>
        <source>Making the briefing of the last session…</source>
        <translation>Briefing des letzten Handelstags wird erstellt…</translation>
    </message>
    <message>
        <source>Making the briefing of %1…</source>
        <translation>Briefing vom %1 wird erstellt…</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Loading the briefing…</source>
        <translation>Briefing wird geladen…</translation>
    </message>
    <message>
        <source>No briefing yet</source>
        <translation>Noch kein Briefing</translation>
    </message>
    <message>
        <source>No briefing of %1</source>
        <translation>Kein Briefing vom %1</translation>
    </message>
    <message>
        <source>The last attempt failed: %1</source>
        <translation>Der letzte Versuch ist fehlgeschlagen: %1</translation>
    </message>
    <message>
        <source>One is made every morning, and for any past day as it was known then.</source>
        <translation>Jeden Morgen wird eines erstellt, für vergangene Tage nach damaligem Wissensstand.</translation>
    </message>
    <message>
        <source>Make it now</source>
        <translation>Jetzt erstellen</translation>
    </message>
    <message>
        <source>edition %1 · known at %2 UTC</source>
        <translation>Ausgabe %1 · Stand %2 UTC</translation>
    </message>
    <message>
        <source>%1 · against %2: %3 new or changed, %4 no longer told</source>
        <translation>%1 · gegen %2: %3 neu oder geändert, %4 nicht mehr enthalten</translation>
    </message>
    <message>
        <source>making…</source>
        <translation>wird erstellt…</translation>
    </message>
    <message>
        <source>not made</source>
        <translation>nicht erstellt</translation>
    </message>
    <message>
        <source>PDF documents (*.pdf)</source>
        <translation>PDF-Dokumente (*.pdf)</translation>
    </message>
    <message>
        <source>HTML pages (*.html)</source>
        <translation>HTML-Seiten (*.html)</translation>
    </message>
    <message>
        <source>Markdown texts (*.md)</source>
        <translation>Markdown-Texte (*.md)</translation>
    </message>
    <message>
        <source>JSON documents (*.json)</source>
        <translation>JSON-Dokumente (*.json)</translation>
    </message>
    <message>
        <source>That did not work</source>
        <translation>Das hat nicht funktioniert</translation>
    </message>
    <message>
        <source>%1 could not be written. Choose another folder.</source>
        <translation>%1 konnte nicht geschrieben werden. Anderen Ordner wählen.</translation>
    </message>
    <message>
        <source>Laying out the pages</source>
        <translation>Seiten werden gesetzt</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Stop laying out the pages</source>
        <translation>Das Setzen der Seiten anhalten</translation>
    </message>
    <message>
        <source>laying out…</source>
        <translation>wird gesetzt…</translation>
    </message>
    <message>
        <source>writing…</source>
        <translation>wird geschrieben…</translation>
    </message>
    <message>
        <source>Laying out the pages…</source>
        <translation>Die Seiten werden gesetzt…</translation>
    </message>
    <message>
        <source>The pages were not laid out</source>
        <translation>Die Seiten wurden nicht gesetzt</translation>
    </message>
    <message>
        <source>Laying them out was stopped.</source>
        <translation>Das Setzen wurde angehalten.</translation>
    </message>
    <message>
        <source>Lay them out</source>
        <translation>Setzen</translation>
    </message>
    <message>
        <source>Writing the file</source>
        <translation>Datei wird geschrieben</translation>
    </message>
    <message>
        <source>Stop writing the file</source>
        <translation>Das Schreiben der Datei anhalten</translation>
    </message>
    <message>
        <source>%1 was not written</source>
        <translation>%1 wurde nicht geschrieben</translation>
    </message>
</context>
<context>
    <name>chrona::ui::BriefingTopPane</name>
    <message>
        <source>The briefing in short</source>
        <translation>Das Briefing in Kürze</translation>
    </message>
    <message>
        <source>Loading the briefing…</source>
        <translation>Briefing wird geladen…</translation>
    </message>
    <message>
        <source>No briefing yet</source>
        <translation>Noch kein Briefing</translation>
    </message>
    <message>
        <source>One is made every morning.</source>
        <translation>Jeden Morgen wird eines erstellt.</translation>
    </message>
    <message>
        <source>Go to the briefing</source>
        <translation>Zum Briefing</translation>
    </message>
    <message>
        <source>Read the briefing</source>
        <translation>Briefing lesen</translation>
    </message>
    <message>
        <source>%1 (model&apos;s words)</source>
        <translation>%1 (Worte des Modells)</translation>
    </message>
</context>
<context>
    <name>chrona::ui::CalendarModel</name>
    <message>
        <source>%1 d %2 h</source>
        <translation>%1 T %2 h</translation>
    </message>
    <message>
        <source>%1 h %2 m</source>
        <translation>%1 h %2 min</translation>
    </message>
    <message>
        <source>%1 m</source>
        <translation>%1 min</translation>
    </message>
    <message>
        <source>New York opens for half a day</source>
        <translation>New York öffnet für einen halben Tag</translation>
    </message>
    <message>
        <source>New York opens</source>
        <translation>New York öffnet</translation>
    </message>
    <message>
        <source>New York closes early</source>
        <translation>New York schließt früher</translation>
    </message>
    <message>
        <source>New York closes</source>
        <translation>New York schließt</translation>
    </message>
    <message>
        <source>in %1</source>
        <translation>in %1</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>Noch</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Wann</translation>
    </message>
</context>
<context>
    <name>chrona::ui::CalendarPane</name>
    <message>
        <source>Calendar</source>
        <translation>Kalender</translation>
    </message>
    <message>
        <source>next %1</source>
        <translation>als Nächstes %1</translation>
    </message>
</context>
<context>
    <name>chrona::ui::CaptionDialog</name>
    <message>
        <source>Caption and tags</source>
        <translation>Überschrift und Schlagwörter</translation>
    </message>
    <message>
        <source>Title and tags</source>
        <translation>Titel und Schlagwörter</translation>
    </message>
    <message>
        <source>Caption</source>
        <translation>Überschrift</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Titel</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Schlagwörter</translation>
    </message>
    <message>
        <source>Tags, separated by commas</source>
        <translation>Schlagwörter, durch Kommas getrennt</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Behalten</translation>
    </message>
</context>
<context>
    <name>chrona::ui::CardDelegate</name>
    <message>
        <source>%1 % sure</source>
        <translation>%1 % sicher</translation>
    </message>
    <message>
        <source>▲ %1 for</source>
        <translation>▲ %1 dafür</translation>
    </message>
    <message>
        <source>▼ %1 against</source>
        <translation>▼ %1 dagegen</translation>
    </message>
    <message>
        <source>and %1 more</source>
        <translation>und %1 weitere</translation>
    </message>
    <message>
        <source>⚠ changed elsewhere</source>
        <translation>⚠ anderswo geändert</translation>
    </message>
    <message>
        <source>another version</source>
        <translation>andere Fassung</translation>
    </message>
    <message>
        <source>%1 cited</source>
        <translation>%1 zitiert</translation>
    </message>
</context>
<context>
    <name>chrona::ui::CaseCompareDialog</name>
    <message>
        <source>Two investigations compared</source>
        <translation>Zwei Untersuchungen im Vergleich</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Vergleichen</translation>
    </message>
    <message>
        <source>“%1” and “%2”</source>
        <translation>„%1“ und „%2“</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Pinned in both</source>
        <translation>In beiden angeheftet</translation>
    </message>
    <message>
        <source>Kept otherwise in one than in the other</source>
        <translation>In der einen anders aufbewahrt als in der anderen</translation>
    </message>
    <message>
        <source>Only in “%1”</source>
        <translation>Nur in „%1“</translation>
    </message>
    <message>
        <source>Tags of both</source>
        <translation>Schlagworte beider</translation>
    </message>
</context>
<context>
    <name>chrona::ui::CaseFileDialog</name>
    <message>
        <source>The investigation in the file</source>
        <translation>Die Untersuchung in der Datei</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>Kept as</source>
        <translation>Aufbewahrt als</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Wann</translation>
    </message>
    <message>
        <source>%1, to be read</source>
        <translation>%1, zum Lesen</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>Importieren…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>withheld by its source&apos;s terms</source>
        <translation>nach den Bedingungen der Quelle zurückgehalten</translation>
    </message>
    <message>
        <source>Own work</source>
        <translation>Eigene Arbeit</translation>
    </message>
</context>
<context>
    <name>chrona::ui::CaseListPane</name>
    <message>
        <source>Search notes and pins</source>
        <translation>Notizen und Pins durchsuchen</translation>
    </message>
    <message>
        <source>Search investigations</source>
        <translation>Untersuchungen durchsuchen</translation>
    </message>
    <message>
        <source>Investigations</source>
        <translation>Untersuchungen</translation>
    </message>
    <message>
        <source>New</source>
        <translation>Neu</translation>
    </message>
    <message>
        <source>New investigation</source>
        <translation>Neue Untersuchung</translation>
    </message>
    <message>
        <source>Open again</source>
        <translation>Wieder öffnen</translation>
    </message>
    <message>
        <source>Archive</source>
        <translation>Archivieren</translation>
    </message>
    <message>
        <source>%1 (archived)</source>
        <translation>%1 (archiviert)</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>Nichts gefunden</translation>
    </message>
    <message>
        <source>No investigations yet</source>
        <translation>Noch keine Untersuchungen</translation>
    </message>
    <message>
        <source>Begin with a question, or import a .chrona file.</source>
        <translation>Mit einer Frage beginnen oder eine .chrona-Datei importieren.</translation>
    </message>
    <message>
        <source>Loading investigations…</source>
        <translation>Untersuchungen werden geladen…</translation>
    </message>
    <message>
        <source>alike</source>
        <translation>ähnlich</translation>
    </message>
    <message>
        <source>Search by meaning</source>
        <translation>Nach dem Sinn suchen</translation>
    </message>
    <message>
        <source>What means something alike in notes, pins and what was kept of them, not only what holds the words</source>
        <translation>Was in Notizen, Pins und ihren Abzügen Ähnliches bedeutet, nicht nur, was die Worte enthält</translation>
    </message>
    <message>
        <source>Compare with “%1”</source>
        <translation>Mit „%1“ vergleichen</translation>
    </message>
    <message>
        <source> · alike by %1</source>
        <translation> · ähnlich nach %1</translation>
    </message>
    <message>
        <source>%1
%2 pins, %3 notes, %4 hypotheses; changed %5</source>
        <translation>%1
%2 Pins, %3 Notizen, %4 Hypothesen; geändert %5</translation>
    </message>
</context>
<context>
    <name>chrona::ui::CaseNames</name>
    <message>
        <source>Events</source>
        <translation>Ereignisse</translation>
    </message>
    <message>
        <source>Entities</source>
        <translation>Entitäten</translation>
    </message>
    <message>
        <source>Regions</source>
        <translation>Regionen</translation>
    </message>
    <message>
        <source>Topics</source>
        <translation>Themen</translation>
    </message>
    <message>
        <source>Signals</source>
        <translation>Signale</translation>
    </message>
    <message>
        <source>Time windows</source>
        <translation>Zeitfenster</translation>
    </message>
    <message>
        <source>Searches</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Map views</source>
        <translation>Kartenausschnitte</translation>
    </message>
    <message>
        <source>Others</source>
        <translation>Sonstige</translation>
    </message>
    <message>
        <source>Investigation</source>
        <translation>Untersuchung</translation>
    </message>
    <message>
        <source>Pin</source>
        <translation>Pin</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Notiz</translation>
    </message>
    <message>
        <source>Hypothesis</source>
        <translation>Hypothese</translation>
    </message>
    <message>
        <source>Evidence</source>
        <translation>Beleg</translation>
    </message>
    <message>
        <source>Item</source>
        <translation>Eintrag</translation>
    </message>
    <message>
        <source>added</source>
        <translation>hinzugefügt</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>geändert</translation>
    </message>
    <message>
        <source>removed</source>
        <translation>entfernt</translation>
    </message>
    <message>
        <source>brought back</source>
        <translation>wiederhergestellt</translation>
    </message>
    <message>
        <source>merged</source>
        <translation>zusammengeführt</translation>
    </message>
    <message>
        <source>for</source>
        <translation>dafür</translation>
    </message>
    <message>
        <source>against</source>
        <translation>dagegen</translation>
    </message>
    <message>
        <source>cited</source>
        <translation>zitiert</translation>
    </message>
    <message>
        <source>Withheld by its source&apos;s terms</source>
        <translation>Laut Bedingungen der Quelle zurückgehalten</translation>
    </message>
    <message>
        <source>%1, until %2</source>
        <translation>%1, bis %2</translation>
    </message>
    <message>
        <source>%1° to %2° north, %3° to %4° east</source>
        <translation>%1° bis %2° Nord, %3° bis %4° Ost</translation>
    </message>
</context>
<context>
    <name>chrona::ui::CatalogueDialog</name>
    <message>
        <source>own</source>
        <translation>eigene</translation>
    </message>
    <message>
        <source>shipped</source>
        <translation>mitgeliefert</translation>
    </message>
    <message>
        <source>computed</source>
        <translation>berechnet</translation>
    </message>
    <message>
        <source>switched off</source>
        <translation>abgeschaltet</translation>
    </message>
    <message>
        <source>with the next refresh</source>
        <translation>mit der nächsten Aktualisierung</translation>
    </message>
    <message>
        <source>Rules by which features are computed</source>
        <translation>Regeln, nach denen Merkmale berechnet werden</translation>
    </message>
    <message>
        <source>Switch off</source>
        <translation>Abschalten</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Feature catalogue</source>
        <translation>Merkmalskatalog</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>Origin</source>
        <translation>Herkunft</translation>
    </message>
    <message>
        <source>Features</source>
        <translation>Merkmale</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>Your own definitions, one a line</source>
        <translation>Eigene Definitionen, eine je Zeile</translation>
    </message>
    <message>
        <source>Your own definitions, one a line: computed every hour like the shipped ones, and searched like them.</source>
        <translation>Eigene Definitionen, eine je Zeile: stündlich berechnet und durchsucht wie die mitgelieferten.</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>Prüfen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>With all that it computed; shipped ones can be switched off</source>
        <translation>Mit allem, was daraus berechnet wurde; mitgelieferte lassen sich abschalten</translation>
    </message>
    <message>
        <source>All lines can be computed.</source>
        <translation>Alle Zeilen lassen sich berechnen.</translation>
    </message>
    <message>
        <source>Saved. They are computed with the next refresh, within the hour.</source>
        <translation>Gespeichert. Berechnet wird mit der nächsten Aktualisierung, binnen einer Stunde.</translation>
    </message>
    <message>
        <source>… and more</source>
        <translation>… und weitere</translation>
    </message>
    <message>
        <source>Line %1: %2</source>
        <translation>Zeile %1: %2</translation>
    </message>
    <message>
        <source>Switch on</source>
        <translation>Einschalten</translation>
    </message>
</context>
<context>
    <name>chrona::ui::ChartPane</name>
    <message>
        <source>No instrument chosen</source>
        <translation>Kein Instrument gewählt</translation>
    </message>
    <message>
        <source>Choose one in the watchlist.</source>
        <translation>In der Beobachtungsliste eines wählen.</translation>
    </message>
    <message>
        <source>%1 %2   %3</source>
        <translation>%1 %2   %3</translation>
    </message>
    <message>
        <source>adjusted daily close · %1 – %2</source>
        <translation>bereinigter Tagesschluss · %1 – %2</translation>
    </message>
    <message>
        <source>%1 · synthetic</source>
        <translation>%1 · synthetisch</translation>
    </message>
    <message>
        <source>Explain</source>
        <translation>Erklären</translation>
    </message>
    <message>
        <source>What may have mattered for the move in the time window</source>
        <translation>Was für die Bewegung im Zeitfenster von Belang gewesen sein kann</translation>
    </message>
</context>
<context>
    <name>chrona::ui::CommandPalette</name>
    <message>
        <source>Command palette</source>
        <translation>Befehlspalette</translation>
    </message>
    <message>
        <source>Search commands, entities and places</source>
        <translation>Befehle, Entitäten und Orte suchen</translation>
    </message>
    <message>
        <source>Matches</source>
        <translation>Treffer</translation>
    </message>
    <message>
        <source>↑ ↓ choose    ↵ run    Esc close</source>
        <translation>↑ ↓ wählen    ↵ ausführen    Esc schließen</translation>
    </message>
    <message>
        <source>on</source>
        <translation>an</translation>
    </message>
    <message>
        <source>off</source>
        <translation>aus</translation>
    </message>
</context>
<context>
    <name>chrona::ui::CompareView</name>
    <message>
        <source>Figures of both signals</source>
        <translation>Kennzahlen beider Signale</translation>
    </message>
    <message>
        <source>%1 → %2: effect by block</source>
        <translation>%1 → %2: Effekt je Block</translation>
    </message>
</context>
<context>
    <name>chrona::ui::CompetitionModel</name>
    <message>
        <source>Vote power in parts of the most that counts, 2.5 % of the wrapped coin</source>
        <translation>Stimmkraft als Anteil dessen, was höchstens zählt: 2,5 % der umhüllten Münze</translation>
    </message>
    <message>
        <source>%1 (followed)</source>
        <translation>%1 (verfolgt)</translation>
    </message>
    <message>
        <source>Rank</source>
        <translation>Rang</translation>
    </message>
    <message>
        <source>Provider</source>
        <translation>Anbieter</translation>
    </message>
    <message>
        <source>IQR</source>
        <translation>IQR</translation>
    </message>
    <message>
        <source>Band</source>
        <translation>Band</translation>
    </message>
    <message>
        <source>Revealed</source>
        <translation>Aufgedeckt</translation>
    </message>
    <message>
        <source>Of cap</source>
        <translation>Der Grenze</translation>
    </message>
    <message>
        <source>Fee</source>
        <translation>Gebühr</translation>
    </message>
    <message>
        <source>Weight</source>
        <translation>Gewicht</translation>
    </message>
</context>
<context>
    <name>chrona::ui::CompetitionPane</name>
    <message>
        <source>Providers of the reward epoch</source>
        <translation>Anbieter der Belohnungsepoche</translation>
    </message>
    <message>
        <source>reward epoch %1</source>
        <translation>Belohnungsepoche %1</translation>
    </message>
    <message>
        <source>No providers yet</source>
        <translation>Noch keine Anbieter</translation>
    </message>
    <message>
        <source>Who provides prices, how close they come and what they are delegated is told here when a chain is followed: chronactl flare watch.</source>
        <translation>Wer Preise liefert, wie nahe er kommt und was ihm delegiert ist, steht hier, wenn eine Kette verfolgt wird: chronactl flare watch.</translation>
    </message>
</context>
<context>
    <name>chrona::ui::ConflictDialog</name>
    <message>
        <source>removed</source>
        <translation>entfernt</translation>
    </message>
    <message>
        <source>%1 % sure</source>
        <translation>%1 % sicher</translation>
    </message>
    <message>
        <source>tags: %1</source>
        <translation>Schlagwörter: %1</translation>
    </message>
    <message>
        <source>at %1, %2 on the board</source>
        <translation>bei %1, %2 auf der Tafel</translation>
    </message>
    <message>
        <source>Keep mine</source>
        <translation>Meine behalten</translation>
    </message>
    <message>
        <source>Take theirs</source>
        <translation>Andere übernehmen</translation>
    </message>
    <message>
        <source>Changed twice</source>
        <translation>Zweimal geändert</translation>
    </message>
    <message>
        <source>Another window changed these while you did. Yours are kept here, theirs are stored, until you choose.</source>
        <translation>Ein anderes Fenster hat dies geändert, während Sie es taten. Ihre Fassungen stehen hier, die anderen sind gespeichert, bis Sie wählen.</translation>
    </message>
    <message>
        <source>What was changed twice</source>
        <translation>Was zweimal geändert wurde</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>Yours</source>
        <translation>Ihre Fassung</translation>
    </message>
    <message>
        <source>Theirs</source>
        <translation>Andere Fassung</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Später</translation>
    </message>
    <message>
        <source>not stored</source>
        <translation>nicht gespeichert</translation>
    </message>
    <message>
        <source>Keep my version</source>
        <translation>Meine Fassung behalten</translation>
    </message>
</context>
<context>
    <name>chrona::ui::CorrectionMenu</name>
    <message>
        <source>Topic: %1</source>
        <translation>Thema: %1</translation>
    </message>
    <message>
        <source>Tells a story of its own</source>
        <translation>Erzählt eine eigene Geschichte</translation>
    </message>
    <message>
        <source>Put into another story</source>
        <translation>In eine andere Geschichte gestellt</translation>
    </message>
    <message>
        <source>About %1</source>
        <translation>Handelt von %1</translation>
    </message>
    <message>
        <source>Not about %1</source>
        <translation>Handelt nicht von %1</translation>
    </message>
    <message>
        <source>Relevant</source>
        <translation>Relevant</translation>
    </message>
    <message>
        <source>Not relevant</source>
        <translation>Nicht relevant</translation>
    </message>
    <message>
        <source>Correct an event</source>
        <translation>Ereignis berichtigen</translation>
    </message>
    <message>
        <source>Put right</source>
        <translation>Berichtigen</translation>
    </message>
    <message>
        <source>Relevant to me</source>
        <translation>Für mich relevant</translation>
    </message>
    <message>
        <source>Not relevant to me</source>
        <translation>Für mich nicht relevant</translation>
    </message>
    <message>
        <source>Take back: %1</source>
        <translation>Zurücknehmen: %1</translation>
    </message>
    <message>
        <source>It is about</source>
        <translation>Es handelt von</translation>
    </message>
    <message>
        <source>It is not about</source>
        <translation>Es handelt nicht von</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>One and the same</source>
        <translation>Ein und dieselbe</translation>
    </message>
    <message>
        <source>%1 is</source>
        <translation>%1 ist</translation>
    </message>
    <message numerus="yes">
        <source>Merge %n entities</source>
        <translation>
            <numerusform>%n Entität zusammenführen</numerusform>
            <numerusform>%n Entitäten zusammenführen</numerusform>
        </translation>
    </message>
    <message>
        <source>Take %1 and %2 apart</source>
        <translation>%1 und %2 trennen</translation>
    </message>
    <message numerus="yes">
        <source>Take %n entities apart</source>
        <translation>
            <numerusform>%n Entität trennen</numerusform>
            <numerusform>%n Entitäten trennen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>chrona::ui::DockHeader</name>
    <message>
        <source>Hide this view</source>
        <translation>Bereich ausblenden</translation>
    </message>
    <message>
        <source>Hide %1</source>
        <translation>%1 ausblenden</translation>
    </message>
    <message>
        <source>Not renewed since %1 UTC</source>
        <translation>Nicht aktualisiert seit %1 UTC</translation>
    </message>
</context>
<context>
    <name>chrona::ui::ElevatedPane</name>
    <message>
        <source>Signals elevated now</source>
        <translation>Derzeit erhöhte Signale</translation>
    </message>
    <message>
        <source>Feature</source>
        <translation>Merkmal</translation>
    </message>
    <message>
        <source>Leads</source>
        <translation>Ziel</translation>
    </message>
    <message>
        <source>Lag</source>
        <translation>Verzug</translation>
    </message>
    <message>
        <source>z now</source>
        <translation>z jetzt</translation>
    </message>
    <message>
        <source>Effect</source>
        <translation>Effekt</translation>
    </message>
    <message>
        <source>%1 + %2 d</source>
        <translation>%1 + %2 d</translation>
    </message>
    <message>
        <source>%1 σ</source>
        <translation>%1 σ</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Loading signals…</source>
        <translation>Signale werden geladen…</translation>
    </message>
    <message>
        <source>Nothing stands out now</source>
        <translation>Derzeit nichts auffällig</translation>
    </message>
    <message>
        <source>No feature of a signal is unusual for its last year.</source>
        <translation>Kein Merkmal eines Signals ist gemessen am letzten Jahr ungewöhnlich.</translation>
    </message>
    <message>
        <source>Nothing was searched yet.</source>
        <translation>Es wurde noch nicht gesucht.</translation>
    </message>
    <message>
        <source>Show the signals</source>
        <translation>Signale anzeigen</translation>
    </message>
</context>
<context>
    <name>chrona::ui::EventColumnsModel</name>
    <message>
        <source>Observed</source>
        <translation>Beobachtet</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Typ</translation>
    </message>
    <message>
        <source>Headline</source>
        <translation>Schlagzeile</translation>
    </message>
    <message>
        <source>Region</source>
        <translation>Region</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <source>Severity %</source>
        <translation>Schwere %</translation>
    </message>
    <message>
        <source>Confidence %</source>
        <translation>Konfidenz %</translation>
    </message>
</context>
<context>
    <name>chrona::ui::EventDelegate</name>
    <message>
        <source>Synthetic: made up for the sample world</source>
        <translation>Synthetisch: für die Beispielwelt erfunden</translation>
    </message>
    <message>
        <source>%1 %2, %3</source>
        <translation>%1 %2, %3</translation>
    </message>
</context>
<context>
    <name>chrona::ui::EventsPane</name>
    <message>
        <source>Any</source>
        <translation>Beliebig</translation>
    </message>
    <message>
        <source>At least %1 %</source>
        <translation>Mindestens %1 %</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>Ereignisse</translation>
    </message>
    <message>
        <source>Least severity</source>
        <translation>Mindestschwere</translation>
    </message>
    <message>
        <source>Least confidence</source>
        <translation>Mindestkonfidenz</translation>
    </message>
    <message>
        <source>Clear all filters</source>
        <translation>Alle Filter löschen</translation>
    </message>
    <message>
        <source>Choose columns</source>
        <translation>Spalten wählen</translation>
    </message>
    <message>
        <source>severity ≥ %1 %</source>
        <translation>Schwere ≥ %1 %</translation>
    </message>
    <message>
        <source>any severity</source>
        <translation>jede Schwere</translation>
    </message>
    <message>
        <source>confidence ≥ %1 %</source>
        <translation>Konfidenz ≥ %1 %</translation>
    </message>
    <message>
        <source>any confidence</source>
        <translation>jede Konfidenz</translation>
    </message>
    <message>
        <source>The service is gone</source>
        <translation>Verbindung zum Dienst verloren</translation>
    </message>
    <message>
        <source>Chrona keeps trying to reach it.</source>
        <translation>Chrona versucht weiter, ihn zu erreichen.</translation>
    </message>
    <message>
        <source>Loading events…</source>
        <translation>Ereignisse werden geladen…</translation>
    </message>
    <message>
        <source>Starting the service…</source>
        <translation>Dienst wird gestartet…</translation>
    </message>
    <message>
        <source>No events yet</source>
        <translation>Noch keine Ereignisse</translation>
    </message>
    <message>
        <source>Load the sample world, or switch on a live source.</source>
        <translation>Beispielwelt laden oder eine Live-Quelle einschalten.</translation>
    </message>
    <message>
        <source>Load the sample world</source>
        <translation>Beispielwelt laden</translation>
    </message>
    <message>
        <source>Nothing passes the filter</source>
        <translation>Nichts erfüllt den Filter</translation>
    </message>
    <message>
        <source>No event in this time window has what the filter asks for.</source>
        <translation>Kein Ereignis in diesem Zeitfenster entspricht dem Filter.</translation>
    </message>
    <message>
        <source>Nothing happened in this time window</source>
        <translation>Keine Ereignisse in diesem Zeitfenster</translation>
    </message>
    <message>
        <source>Stretch the amber window in the timeline.</source>
        <translation>Das bernsteinfarbene Fenster in der Zeitleiste weiter aufziehen.</translation>
    </message>
    <message>
        <source>Group the events</source>
        <translation>Ereignisse gruppieren</translation>
    </message>
    <message>
        <source>Saved filters</source>
        <translation>Gespeicherte Filter</translation>
    </message>
    <message>
        <source>Each event for itself</source>
        <translation>Jedes Ereignis für sich</translation>
    </message>
    <message>
        <source>not grouped</source>
        <translation>nicht gruppiert</translation>
    </message>
    <message>
        <source>%1 in %2 groups</source>
        <translation>%1 in %2 Gruppen</translation>
    </message>
    <message>
        <source>Group events</source>
        <translation>Ereignisse gruppieren</translation>
    </message>
    <message>
        <source>Choose the table</source>
        <translation>Tabelle wählen</translation>
    </message>
    <message>
        <source>The loaded events, in any order</source>
        <translation>Die geladenen Ereignisse, in beliebiger Ordnung</translation>
    </message>
    <message>
        <source>The whole database, by time</source>
        <translation>Die ganze Datenbank, nach Zeit</translation>
    </message>
    <message>
        <source>Read it again</source>
        <translation>Neu lesen</translation>
    </message>
    <message>
        <source>Groups are of the loaded events</source>
        <translation>Gruppen gibt es von den geladenen Ereignissen</translation>
    </message>
    <message>
        <source>loaded</source>
        <translation>geladen</translation>
    </message>
    <message>
        <source>whole database</source>
        <translation>ganze Datenbank</translation>
    </message>
    <message>
        <source>Loaded events or the whole database</source>
        <translation>Geladene Ereignisse oder die ganze Datenbank</translation>
    </message>
    <message>
        <source>Nothing in the database passes</source>
        <translation>Nichts in der Datenbank erfüllt den Filter</translation>
    </message>
    <message>
        <source>No event has what filter and time window ask for.</source>
        <translation>Kein Ereignis hat, was Filter und Zeitfenster verlangen.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Reading the database…</source>
        <translation>Die Datenbank wird gelesen …</translation>
    </message>
    <message>
        <source>%1 since %2, %3 older in the database</source>
        <translation>%1 seit %2, %3 ältere in der Datenbank</translation>
    </message>
    <message>
        <source>Colour rows by</source>
        <translation>Zeilen färben nach</translation>
    </message>
    <message>
        <source>Colour the rows</source>
        <translation>Zeilen färben</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>nichts</translation>
    </message>
    <message>
        <source>severity, from 50 %</source>
        <translation>Schwere, ab 50 %</translation>
    </message>
    <message>
        <source>doubt: confidence below 50 %</source>
        <translation>Zweifel: Konfidenz unter 50 %</translation>
    </message>
    <message>
        <source>category</source>
        <translation>Kategorie</translation>
    </message>
</context>
<context>
    <name>chrona::ui::EvidenceCharts</name>
    <message>
        <source>Lag in sessions</source>
        <translation>Verzug in Handelstagen</translation>
    </message>
    <message>
        <source>Lag %1: %2, outside what noise fills (±%3)</source>
        <translation>Verzug %1: %2, außerhalb des Rauschbands (±%3)</translation>
    </message>
    <message>
        <source>Lag %1: %2, inside what noise fills (±%3)</source>
        <translation>Verzug %1: %2, innerhalb des Rauschbands (±%3)</translation>
    </message>
    <message>
        <source>%1 · the lag that was found</source>
        <translation>%1 · der gefundene Verzug</translation>
    </message>
</context>
<context>
    <name>chrona::ui::EvidenceHeader</name>
    <message>
        <source>Effect</source>
        <translation>Effekt</translation>
    </message>
    <message>
        <source>Inner half of blocks</source>
        <translation>Mittlere Hälfte der Blöcke</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 bis %2</translation>
    </message>
    <message>
        <source>q of %1 pairs</source>
        <translation>q von %1 Paaren</translation>
    </message>
    <message>
        <source>Stability</source>
        <translation>Stabilität</translation>
    </message>
    <message>
        <source>Out of sample</source>
        <translation>Out-of-Sample</translation>
    </message>
    <message>
        <source>Independent days</source>
        <translation>Unabhängige Tage</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>Jetzt</translation>
    </message>
    <message>
        <source>%1 σ</source>
        <translation>%1 σ</translation>
    </message>
    <message>
        <source>as usual</source>
        <translation>wie üblich</translation>
    </message>
    <message>
        <source>%1 → %2</source>
        <translation>%1 → %2</translation>
    </message>
    <message>
        <source>%1 after it, over %2</source>
        <translation>%1 danach, über %2</translation>
    </message>
    <message>
        <source>its regimes disagree</source>
        <translation>Regime uneinheitlich</translation>
    </message>
    <message>
        <source>in all regimes</source>
        <translation>in allen Regimen</translation>
    </message>
    <message>
        <source>availability %1</source>
        <translation>Verfügbarkeit %1</translation>
    </message>
    <message>
        <source>synthetic</source>
        <translation>synthetisch</translation>
    </message>
    <message>
        <source>Effect %1, q %2, stability %3</source>
        <translation>Effekt %1, q %2, Stabilität %3</translation>
    </message>
    <message>
        <source>how far it moves, either way</source>
        <translation>wie weit es sich bewegt, gleich wohin</translation>
    </message>
    <message>
        <source>on no watchlist: its rank counts %1</source>
        <translation>auf keiner Beobachtungsliste: Der Rang zählt %1</translation>
    </message>
</context>
<context>
    <name>chrona::ui::EvidencePlots</name>
    <message>
        <source>%1 over time, episodes shaded</source>
        <translation>%1 im Zeitverlauf, Episoden schattiert</translation>
    </message>
    <message>
        <source>%1 over time, what followed each episode shaded</source>
        <translation>%1 im Zeitverlauf, Zeit nach jeder Episode schattiert</translation>
    </message>
    <message>
        <source>adjusted close</source>
        <translation>bereinigter Schlusskurs</translation>
    </message>
    <message>
        <source>lag, sessions</source>
        <translation>Verzug, Handelstage</translation>
    </message>
    <message>
        <source>correlation</source>
        <translation>Korrelation</translation>
    </message>
    <message>
        <source>Effect by lag of both signals</source>
        <translation>Effekt nach Verzug, beide Signale</translation>
    </message>
    <message>
        <source>return after %1, %</source>
        <translation>Rendite über %1, %</translation>
    </message>
    <message>
        <source>episodes</source>
        <translation>Episoden</translation>
    </message>
    <message>
        <source>Effect by lag</source>
        <translation>Effekt je Verzug</translation>
    </message>
    <message>
        <source>Effect by block</source>
        <translation>Effekt je Block</translation>
    </message>
    <message>
        <source>How effects are spread</source>
        <translation>Wie die Effekte streuen</translation>
    </message>
    <message>
        <source>blocks, regimes and folds</source>
        <translation>Blöcke, Regime und Abschnitte</translation>
    </message>
    <message>
        <source>What followed</source>
        <translation>Was folgte</translation>
    </message>
    <message>
        <source>a day&apos;s usual move over %1, %</source>
        <translation>übliche Tagesbewegung über %1, %</translation>
    </message>
</context>
<context>
    <name>chrona::ui::EvidenceTables</name>
    <message>
        <source>Block</source>
        <translation>Block</translation>
    </message>
    <message>
        <source>Effect</source>
        <translation>Effekt</translation>
    </message>
    <message>
        <source>−0.3 … +0.3</source>
        <translation>−0,3 … +0,3</translation>
    </message>
    <message>
        <source>%1 – %2</source>
        <translation>%1 – %2</translation>
    </message>
    <message>
        <source>Regime</source>
        <translation>Regime</translation>
    </message>
    <message>
        <source>Days</source>
        <translation>Tage</translation>
    </message>
    <message>
        <source>Control</source>
        <translation>Kontrolle</translation>
    </message>
    <message>
        <source>Measured</source>
        <translation>Gemessen</translation>
    </message>
    <message>
        <source>Asked for</source>
        <translation>Gefordert</translation>
    </message>
    <message>
        <source>How it could be wrong</source>
        <translation>Mögliche Fehlerquellen</translation>
    </message>
    <message>
        <source>No weakness was found by the probes.</source>
        <translation>Die Prüfungen fanden keine Schwäche.</translation>
    </message>
    <message>
        <source>Episode</source>
        <translation>Episode</translation>
    </message>
    <message>
        <source>Peak</source>
        <translation>Spitze</translation>
    </message>
    <message>
        <source>Robust z</source>
        <translation>Robustes z</translation>
    </message>
    <message>
        <source>What followed</source>
        <translation>Was folgte</translation>
    </message>
    <message>
        <source>Percentile</source>
        <translation>Perzentil</translation>
    </message>
    <message>
        <source>not yet known</source>
        <translation>noch unbekannt</translation>
    </message>
    <message>
        <source>Figure</source>
        <translation>Kennzahl</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>Lag</source>
        <translation>Verzug</translation>
    </message>
    <message>
        <source>Horizon</source>
        <translation>Horizont</translation>
    </message>
    <message>
        <source>View of the return</source>
        <translation>Sicht auf die Rendite</translation>
    </message>
    <message>
        <source>Inner half of its blocks</source>
        <translation>Mittlere Hälfte der Blöcke</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 bis %2</translation>
    </message>
    <message>
        <source>Worst block</source>
        <translation>Schlechtester Block</translation>
    </message>
    <message>
        <source>q</source>
        <translation>q</translation>
    </message>
    <message>
        <source>Bootstrap p</source>
        <translation>Bootstrap-p</translation>
    </message>
    <message>
        <source>Stability</source>
        <translation>Stabilität</translation>
    </message>
    <message>
        <source>Out of sample</source>
        <translation>Out-of-Sample</translation>
    </message>
    <message>
        <source>Days, independent ones</source>
        <translation>Tage, davon unabhängig</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>Episodes</source>
        <translation>Episoden</translation>
    </message>
    <message>
        <source>Stands out now</source>
        <translation>Jetzt auffällig</translation>
    </message>
    <message>
        <source>yes, %1 σ</source>
        <translation>ja, %1 σ</translation>
    </message>
    <message>
        <source>no</source>
        <translation>nein</translation>
    </message>
    <message>
        <source>Tried on</source>
        <translation>Erprobt an</translation>
    </message>
    <message>
        <source>Lag, horizon chosen before</source>
        <translation>Verzug, Horizont davor gewählt</translation>
    </message>
    <message>
        <source>The search that found it kept no single folds.</source>
        <translation>Die Suche, die es fand, hat keine einzelnen Erprobungen aufbewahrt.</translation>
    </message>
    <message>
        <source>%1 % a day</source>
        <translation>%1 % am Tag</translation>
    </message>
</context>
<context>
    <name>chrona::ui::ExplainPane</name>
    <message>
        <source>Explanation of a move</source>
        <translation>Erklärung einer Bewegung</translation>
    </message>
    <message>
        <source>No move is explained</source>
        <translation>Keine Bewegung wird erklärt</translation>
    </message>
    <message>
        <source>Choose a target in the watchlist and press Explain at its chart.</source>
        <translation>Ein Ziel der Beobachtungsliste wählen und an seinem Diagramm auf Erklären drücken.</translation>
    </message>
    <message>
        <source>Looking for what may have moved %1…</source>
        <translation>Gesucht wird, was %1 bewegt haben kann…</translation>
    </message>
    <message>
        <source>%1 has no move in this window</source>
        <translation>%1 hat in diesem Fenster keine Bewegung</translation>
    </message>
    <message>
        <source>Choose days on which it was traded.</source>
        <translation>Tage wählen, an denen es gehandelt wurde.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Research, not advice</source>
        <translation>Forschung, keine Beratung</translation>
    </message>
    <message>
        <source>Show in every view</source>
        <translation>In allen Ansichten zeigen</translation>
    </message>
    <message>
        <source>Have it summed up by the language model</source>
        <translation>Vom Sprachmodell zusammenfassen lassen</translation>
    </message>
    <message>
        <source>In a language model&apos;s words</source>
        <translation>Mit den Worten eines Sprachmodells</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Every number, name and date was held against the facts below</source>
        <translation>Jede Zahl, jeder Name und jedes Datum wurde gegen die Fakten unten geprüft</translation>
    </message>
    <message>
        <source>What was computed</source>
        <translation>Was berechnet wurde</translation>
    </message>
</context>
<context>
    <name>chrona::ui::ExposureModel</name>
    <message>
        <source>ships</source>
        <translation>mitgeliefert</translation>
    </message>
    <message>
        <source>own</source>
        <translation>eigene</translation>
    </message>
    <message>
        <source>changed, ships with %1</source>
        <translation>geändert, mitgeliefert mit %1</translation>
    </message>
    <message>
        <source>switched off, ships with %1</source>
        <translation>abgeschaltet, mitgeliefert mit %1</translation>
    </message>
    <message>
        <source>%1 moves %2, weight %3, %4</source>
        <translation>%1 bewegt %2, Gewicht %3, %4</translation>
    </message>
    <message>
        <source>What happens</source>
        <translation>Was geschieht</translation>
    </message>
    <message>
        <source>What it moves</source>
        <translation>Was es bewegt</translation>
    </message>
    <message>
        <source>Weight</source>
        <translation>Gewicht</translation>
    </message>
    <message>
        <source>Origin</source>
        <translation>Herkunft</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Warum</translation>
    </message>
</context>
<context>
    <name>chrona::ui::ExposuresDialog</name>
    <message>
        <source>What happens</source>
        <translation>Was geschieht</translation>
    </message>
    <message>
        <source>What it moves</source>
        <translation>Was es bewegt</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>As it ships</source>
        <translation>Wie mitgeliefert</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Exposures: what moves what</source>
        <translation>Abhängigkeiten: was was bewegt</translation>
    </message>
    <message>
        <source>Exposure rules</source>
        <translation>Regeln der Abhängigkeit</translation>
    </message>
    <message>
        <source>Search the rules</source>
        <translation>Regeln durchsuchen</translation>
    </message>
    <message>
        <source>Weight</source>
        <translation>Gewicht</translation>
    </message>
    <message>
        <source>0: it moves nothing; 1: it moves it as a whole</source>
        <translation>0: es bewegt nichts; 1: es bewegt es ganz</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Warum</translation>
    </message>
    <message>
        <source>New</source>
        <translation>Neu</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>A rule that ships is switched off (Delete)</source>
        <translation>Eine mitgelieferte Regel wird abgeschaltet (Entf)</translation>
    </message>
    <message>
        <source>Write nodes as topic:oil, country:JP, sector:energy or instrument:SPY.</source>
        <translation>Knoten schreibt man wie topic:oil, country:JP, sector:energy oder instrument:SPY.</translation>
    </message>
    <message>
        <source>Say what happens and what it moves.</source>
        <translation>Sagen Sie, was geschieht und was es bewegt.</translation>
    </message>
    <message>
        <source>Saved. Briefings made from now on follow it.</source>
        <translation>Gespeichert. Briefings ab jetzt folgen der Regel.</translation>
    </message>
    <message>
        <source>Switched off. “As it ships” brings it back.</source>
        <translation>Abgeschaltet. „Wie mitgeliefert“ bringt sie zurück.</translation>
    </message>
    <message>
        <source>Removed.</source>
        <translation>Entfernt.</translation>
    </message>
    <message>
        <source>It is again as it ships.</source>
        <translation>Sie ist wieder wie mitgeliefert.</translation>
    </message>
</context>
<context>
    <name>chrona::ui::FeedDelegate</name>
    <message>
        <source>%1  %2 %3</source>
        <translation>%1  %2 %3</translation>
    </message>
    <message>
        <source>%1
%2 %3, %4</source>
        <translation>%1
%2 %3, %4</translation>
    </message>
</context>
<context>
    <name>chrona::ui::FeedPane</name>
    <message>
        <source>Feed</source>
        <translation>Feed</translation>
    </message>
    <message>
        <source>Nothing has come in yet</source>
        <translation>Noch nichts eingegangen</translation>
    </message>
    <message>
        <source>New events appear here as they arrive.</source>
        <translation>Neue Ereignisse erscheinen hier, sobald sie eintreffen.</translation>
    </message>
    <message>
        <source>Waiting for events…</source>
        <translation>Warten auf Ereignisse…</translation>
    </message>
    <message>
        <source>newest %1</source>
        <translation>neueste %1</translation>
    </message>
</context>
<context>
    <name>chrona::ui::FileDoor</name>
    <message>
        <source>Nothing here opens %1</source>
        <translation>Nichts hier öffnet %1</translation>
    </message>
</context>
<context>
    <name>chrona::ui::FilterLine</name>
    <message>
        <source>Filter: words, type:, region:, source:, severity&gt;=50 …</source>
        <translation>Filter: Wörter, type:, region:, source:, severity&gt;=50 …</translation>
    </message>
    <message>
        <source>Filter events</source>
        <translation>Ereignisse filtern</translation>
    </message>
    <message>
        <source>All terms must hold. Words are looked for in headlines; a minus before a term takes its events away.</source>
        <translation>Alle Bedingungen müssen erfüllt sein. Wörter werden in Schlagzeilen gesucht; ein Minus vor einer Bedingung schließt ihre Ereignisse aus.</translation>
    </message>
    <message>
        <source>A quotation mark is not closed.</source>
        <translation>Ein Anführungszeichen ist nicht geschlossen.</translation>
    </message>
    <message>
        <source>“%1” is none of type, category, region, source, severity, confidence and box.</source>
        <translation>„%1“ ist keines von type, category, region, source, severity, confidence und box.</translation>
    </message>
    <message>
        <source>There is no type “%1”.</source>
        <translation>Es gibt keinen Typ „%1“.</translation>
    </message>
    <message>
        <source>No event is in a region “%1”.</source>
        <translation>Kein Ereignis liegt in einer Region „%1“.</translation>
    </message>
    <message>
        <source>No event comes from a source “%1”.</source>
        <translation>Kein Ereignis stammt aus einer Quelle „%1“.</translation>
    </message>
    <message>
        <source>A value is missing in “%1”.</source>
        <translation>In „%1“ fehlt ein Wert.</translation>
    </message>
    <message>
        <source>“%1” is no number.</source>
        <translation>„%1“ ist keine Zahl.</translation>
    </message>
    <message>
        <source>“%1” is out of range.</source>
        <translation>„%1“ liegt außerhalb der Grenzen.</translation>
    </message>
    <message>
        <source>With “%1”, nothing is left that could pass.</source>
        <translation>Mit „%1“ bleibt nichts übrig, was den Filter erfüllen könnte.</translation>
    </message>
    <message>
        <source>That is more words than can be looked for.</source>
        <translation>Das sind mehr Wörter, als gesucht werden können.</translation>
    </message>
</context>
<context>
    <name>chrona::ui::FirstRunDialog</name>
    <message>
        <source>Welcome to Chrona</source>
        <translation>Willkommen bei Chrona</translation>
    </message>
    <message>
        <source>What would you like to look at?</source>
        <translation>Was soll gezeigt werden?</translation>
    </message>
    <message>
        <source>You can change this at any time in the main menu under Data.</source>
        <translation>Jederzeit änderbar im Hauptmenü unter „Daten“.</translation>
    </message>
    <message>
        <source>Explore the sample world</source>
        <translation>Beispielwelt erkunden</translation>
    </message>
    <message>
        <source>Six years of made-up events, prices and releases with planted connections. Everything in it is marked synthetic and can be removed with one command.</source>
        <translation>Sechs Jahre erfundener Ereignisse, Kurse und Veröffentlichungen mit eingebauten Zusammenhängen. Alles ist als synthetisch markiert und mit einem Befehl entfernbar.</translation>
    </message>
    <message>
        <source>No network, no keys · first events in seconds</source>
        <translation>Kein Netz, keine Schlüssel · erste Ereignisse in Sekunden</translation>
    </message>
    <message>
        <source>Connect live sources</source>
        <translation>Live-Quellen verbinden</translation>
    </message>
    <message>
        <source>Public streams that need no key begin at once, within the terms of each. The Sources view shows what is asked, how often, and under which licence.</source>
        <translation>Öffentliche Quellen ohne Schlüssel starten sofort, gemäß ihren Bedingungen. Der Bereich „Quellen“ zeigt, was wie oft und unter welcher Lizenz abgefragt wird.</translation>
    </message>
    <message>
        <source>Uses the network · first events in a minute</source>
        <translation>Nutzt das Netz · erste Ereignisse in einer Minute</translation>
    </message>
    <message>
        <source>Chrona is for research. It gives no financial advice.</source>
        <translation>Chrona dient der Recherche und gibt keine Anlageberatung.</translation>
    </message>
</context>
<context>
    <name>chrona::ui::FocusHistory</name>
    <message>
        <source>Time window</source>
        <translation>Zeitfenster</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>Selection</source>
        <translation>Auswahl</translation>
    </message>
    <message>
        <source>As-of time</source>
        <translation>Stand</translation>
    </message>
    <message>
        <source>Map layers</source>
        <translation>Kartenebenen</translation>
    </message>
    <message>
        <source>Target</source>
        <translation>Ziel</translation>
    </message>
</context>
<context>
    <name>chrona::ui::GraphCard</name>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>Observed</source>
        <translation>Beobachtet</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>Ereignisse</translation>
    </message>
    <message>
        <source>In this window of time, that name it</source>
        <translation>In diesem Zeitfenster, die es nennen</translation>
    </message>
    <message>
        <source>Ties</source>
        <translation>Verbindungen</translation>
    </message>
    <message>
        <source>To different nodes: drawn here, and in all</source>
        <translation>Zu verschiedenen Knoten: hier gezeichnet und insgesamt</translation>
    </message>
    <message>
        <source>Group of</source>
        <translation>Gruppe von</translation>
    </message>
    <message>
        <source>Most events in common</source>
        <translation>Meiste gemeinsame Ereignisse</translation>
    </message>
    <message>
        <source>%1 — %2</source>
        <translation>%1 — %2</translation>
    </message>
    <message>
        <source>Tie</source>
        <translation>Verbindung</translation>
    </message>
    <message>
        <source>The strongest of those between the two</source>
        <translation>Die stärkste zwischen den beiden</translation>
    </message>
    <message>
        <source>Its evidence: selected in every view</source>
        <translation>Ihre Belege: in allen Bereichen ausgewählt</translation>
    </message>
    <message>
        <source>First</source>
        <translation>Erstes</translation>
    </message>
    <message>
        <source>Last</source>
        <translation>Letztes</translation>
    </message>
    <message>
        <source>Merged into it</source>
        <translation>Mit ihr zusammengeführt</translation>
    </message>
    <message>
        <source>and more</source>
        <translation>und weitere</translation>
    </message>
</context>
<context>
    <name>chrona::ui::GraphPane</name>
    <message>
        <source>Most named entities</source>
        <translation>Meistgenannte Entitäten</translation>
    </message>
    <message>
        <source>Graph of a selection</source>
        <translation>Graph einer Auswahl</translation>
    </message>
    <message>
        <source>Expand</source>
        <translation>Erweitern</translation>
    </message>
    <message>
        <source>Find paths</source>
        <translation>Pfade suchen</translation>
    </message>
    <message numerus="yes">
        <source>Move %n node(s)</source>
        <translation>
            <numerusform>%n Knoten verschieben</numerusform>
            <numerusform>%n Knoten verschieben</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 nodes: the ones with the strongest ties</source>
        <translation>%1 Knoten: die mit den stärksten Verbindungen</translation>
    </message>
    <message>
        <source>Reading events: %1</source>
        <translation>Ereignisse werden gelesen: %1</translation>
    </message>
    <message>
        <source>Too many nodes for this layout</source>
        <translation>Zu viele Knoten für diese Anordnung</translation>
    </message>
    <message>
        <source>Lay out the graph</source>
        <translation>Graph anordnen</translation>
    </message>
    <message>
        <source>The service is gone</source>
        <translation>Verbindung zum Dienst verloren</translation>
    </message>
    <message>
        <source>Chrona keeps trying to reach it.</source>
        <translation>Chrona versucht weiter, ihn zu erreichen.</translation>
    </message>
    <message>
        <source>Starting the service…</source>
        <translation>Dienst wird gestartet…</translation>
    </message>
    <message>
        <source>Reading the graph…</source>
        <translation>Graph wird gelesen…</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>No events yet</source>
        <translation>Noch keine Ereignisse</translation>
    </message>
    <message>
        <source>The graph is made of what events name.</source>
        <translation>Der Graph entsteht aus dem, was Ereignisse nennen.</translation>
    </message>
    <message>
        <source>Load the sample world</source>
        <translation>Beispielwelt laden</translation>
    </message>
    <message>
        <source>Nothing on the graph</source>
        <translation>Nichts im Graphen</translation>
    </message>
    <message>
        <source>No entity is named in this time window, or all were taken off.</source>
        <translation>In diesem Zeitfenster wird keine Entität genannt, oder alle wurden entfernt.</translation>
    </message>
    <message>
        <source>Show the most named entities</source>
        <translation>Meistgenannte Entitäten anzeigen</translation>
    </message>
    <message>
        <source>%1 nodes · %2 ties</source>
        <translation>%1 Knoten · %2 Verbindungen</translation>
    </message>
    <message>
        <source> · laying out</source>
        <translation> · wird angeordnet</translation>
    </message>
    <message>
        <source>No way of four steps or fewer joins the two</source>
        <translation>Kein Pfad mit höchstens vier Schritten verbindet die beiden</translation>
    </message>
    <message>
        <source>No way was found past nodes with very many neighbours</source>
        <translation>Kein Pfad gefunden, der Knoten mit sehr vielen Nachbarn meidet</translation>
    </message>
    <message numerus="yes">
        <source>%n way(s); the shortest: %1</source>
        <translation>
            <numerusform>%n Pfad; der kürzeste: %1</numerusform>
            <numerusform>%n Pfade; der kürzeste: %1</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 (there may be more)</source>
        <translation>%1 (es kann weitere geben)</translation>
    </message>
    <message>
        <source>Graph of the selected events</source>
        <translation>Graph der ausgewählten Ereignisse</translation>
    </message>
    <message>
        <source>Find paths between two nodes</source>
        <translation>Pfade zwischen zwei Knoten suchen</translation>
    </message>
    <message>
        <source>Pin or release</source>
        <translation>Anheften oder lösen</translation>
    </message>
    <message>
        <source>Draw the selected nodes as one</source>
        <translation>Ausgewählte Knoten als einen zeichnen</translation>
    </message>
    <message>
        <source>Hide the selected nodes</source>
        <translation>Ausgewählte Knoten ausblenden</translation>
    </message>
    <message>
        <source>Show hidden nodes</source>
        <translation>Ausgeblendete Knoten anzeigen</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportieren…</translation>
    </message>
    <message>
        <source>Layout and look</source>
        <translation>Anordnung und Darstellung</translation>
    </message>
    <message>
        <source>By ties</source>
        <translation>Nach Verbindungen</translation>
    </message>
    <message>
        <source>In layers</source>
        <translation>In Schichten</translation>
    </message>
    <message>
        <source>In rings around the current node</source>
        <translation>In Ringen um den aktuellen Knoten</translation>
    </message>
    <message>
        <source>As on the map</source>
        <translation>Wie auf der Karte</translation>
    </message>
    <message>
        <source>Stop the layout</source>
        <translation>Anordnen anhalten</translation>
    </message>
    <message>
        <source>Colour by kind</source>
        <translation>Farbe nach Art</translation>
    </message>
    <message>
        <source>Colour by community</source>
        <translation>Farbe nach Gemeinschaft</translation>
    </message>
    <message>
        <source>Size by events</source>
        <translation>Größe nach Ereignissen</translation>
    </message>
    <message>
        <source>Size by rank among neighbours</source>
        <translation>Größe nach Rang unter Nachbarn</translation>
    </message>
    <message>
        <source>Size by ways that lead through</source>
        <translation>Größe nach durchlaufenden Pfaden</translation>
    </message>
    <message>
        <source>One size</source>
        <translation>Einheitliche Größe</translation>
    </message>
    <message>
        <source>Select two nodes, the second with Ctrl</source>
        <translation>Zwei Knoten auswählen, den zweiten mit Strg</translation>
    </message>
    <message numerus="yes">
        <source>Hide %n node(s)</source>
        <translation>
            <numerusform>%n Knoten ausblenden</numerusform>
            <numerusform>%n Knoten ausblenden</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Release %n node(s)</source>
        <translation>
            <numerusform>%n Knoten lösen</numerusform>
            <numerusform>%n Knoten lösen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Pin %n node(s)</source>
        <translation>
            <numerusform>%n Knoten anheften</numerusform>
            <numerusform>%n Knoten anheften</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Group %n node(s)</source>
        <translation>
            <numerusform>%n Knoten gruppieren</numerusform>
            <numerusform>%n Knoten gruppieren</numerusform>
        </translation>
    </message>
    <message>
        <source>Ungroup</source>
        <translation>Gruppierung aufheben</translation>
    </message>
    <message>
        <source>Nothing hangs on this node alone</source>
        <translation>Nichts hängt nur an diesem Knoten</translation>
    </message>
    <message numerus="yes">
        <source>Take off %n node(s)</source>
        <translation>
            <numerusform>%n Knoten entfernen</numerusform>
            <numerusform>%n Knoten entfernen</numerusform>
        </translation>
    </message>
    <message>
        <source>Expand %1</source>
        <translation>%1 erweitern</translation>
    </message>
    <message>
        <source>%1   %2</source>
        <translation>%1   %2</translation>
    </message>
    <message>
        <source>Nothing is tied to it in this window</source>
        <translation>In diesem Zeitfenster ist nichts damit verbunden</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Graph</source>
        <translation>Graph</translation>
    </message>
    <message>
        <source>Show the graph of the selected events</source>
        <translation>Graph der ausgewählten Ereignisse anzeigen</translation>
    </message>
    <message>
        <source>Expand the current node…</source>
        <translation>Aktuellen Knoten erweitern…</translation>
    </message>
    <message>
        <source>Take off what hangs on the current node alone</source>
        <translation>Entfernen, was nur am aktuellen Knoten hängt</translation>
    </message>
    <message>
        <source>Find paths between two selected nodes</source>
        <translation>Pfade zwischen zwei ausgewählten Knoten suchen</translation>
    </message>
    <message>
        <source>Pin or release the selected nodes</source>
        <translation>Ausgewählte Knoten anheften oder lösen</translation>
    </message>
    <message>
        <source>Draw the members of a group again</source>
        <translation>Mitglieder einer Gruppe wieder zeichnen</translation>
    </message>
    <message>
        <source>Fit the graph into the view</source>
        <translation>Graph in die Ansicht einpassen</translation>
    </message>
    <message>
        <source>Lay out by ties</source>
        <translation>Nach Verbindungen anordnen</translation>
    </message>
    <message>
        <source>Lay out in layers</source>
        <translation>In Schichten anordnen</translation>
    </message>
    <message>
        <source>Lay out in rings around the current node</source>
        <translation>In Ringen um den aktuellen Knoten anordnen</translation>
    </message>
    <message>
        <source>Lay out as on the map</source>
        <translation>Wie auf der Karte anordnen</translation>
    </message>
    <message>
        <source>Export the graph…</source>
        <translation>Graph exportieren…</translation>
    </message>
    <message>
        <source>Export the graph</source>
        <translation>Graph exportieren</translation>
    </message>
    <message>
        <source>GraphML (*.graphml);;GEXF (*.gexf);;Ties as CSV (*.csv);;SVG (*.svg);;PNG (*.png);;PDF (*.pdf)</source>
        <translation>GraphML (*.graphml);;GEXF (*.gexf);;Verbindungen als CSV (*.csv);;SVG (*.svg);;PNG (*.png);;PDF (*.pdf)</translation>
    </message>
    <message>
        <source>Written to %1</source>
        <translation>Nach %1 geschrieben</translation>
    </message>
    <message>
        <source>%1: read as %2 from now on, everywhere. Undo takes it back.</source>
        <translation>%1: gilt ab jetzt überall als %2. Rückgängig nimmt es zurück.</translation>
    </message>
    <message numerus="yes">
        <source>%n entities stand for themselves again</source>
        <translation>
            <numerusform>%n Entität steht wieder für sich</numerusform>
            <numerusform>%n Entitäten stehen wieder für sich</numerusform>
        </translation>
    </message>
    <message>
        <source>Select the entities that are one: two or more</source>
        <translation>Die Entitäten auswählen, die eine sind: zwei oder mehr</translation>
    </message>
    <message numerus="yes">
        <source>Merge %n entities</source>
        <translation>
            <numerusform>%n Entität zusammenführen</numerusform>
            <numerusform>%n Entitäten zusammenführen</numerusform>
        </translation>
    </message>
    <message>
        <source>Select one entity to take it apart</source>
        <translation>Eine Entität auswählen, um sie zu trennen</translation>
    </message>
    <message>
        <source>Nothing is merged into this entity</source>
        <translation>Mit dieser Entität ist keine andere zusammengeführt</translation>
    </message>
    <message>
        <source>Take apart</source>
        <translation>Trennen</translation>
    </message>
    <message>
        <source>All of them</source>
        <translation>Alle</translation>
    </message>
    <message numerus="yes">
        <source>Take %n entities apart</source>
        <translation>
            <numerusform>%n Entität trennen</numerusform>
            <numerusform>%n Entitäten trennen</numerusform>
        </translation>
    </message>
    <message>
        <source>Merge the selected entities</source>
        <translation>Ausgewählte Entitäten zusammenführen</translation>
    </message>
    <message>
        <source>Merge the selected entities: they are one</source>
        <translation>Ausgewählte Entitäten zusammenführen: sie sind eine</translation>
    </message>
    <message>
        <source>Take the selected entity apart again</source>
        <translation>Ausgewählte Entität wieder trennen</translation>
    </message>
    <message>
        <source>Open a graph&apos;s file…</source>
        <translation>Datei eines Graphen öffnen…</translation>
    </message>
    <message>
        <source>Open a graph&apos;s file</source>
        <translation>Datei eines Graphen öffnen</translation>
    </message>
    <message>
        <source>%1 nodes opened.</source>
        <translation>%1 Knoten geöffnet.</translation>
    </message>
    <message>
        <source>%1 nodes opened; %2 of the file are not known here.</source>
        <translation>%1 Knoten geöffnet; %2 der Datei sind hier nicht bekannt.</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>Looking for ways… Escape ends it</source>
        <translation>Sucht Wege … Escape beendet es</translation>
    </message>
    <message>
        <source>Within %1 steps   at most %2</source>
        <translation>In %1 Schritten   höchstens %2</translation>
    </message>
    <message>
        <source>Looking around… Escape ends it</source>
        <translation>Sieht sich um … Escape beendet es</translation>
    </message>
    <message>
        <source>Stop the layout or the search</source>
        <translation>Anordnen oder Suche anhalten</translation>
    </message>
    <message>
        <source>Graphs (*.graphml *.gexf)</source>
        <translation>Graphen (*.graphml *.gexf)</translation>
    </message>
    <message numerus="yes">
        <source>%n node(s) with very many neighbours are shown, not gone through</source>
        <translation>
            <numerusform>%n Knoten mit sehr vielen Nachbarn ist gezeigt, aber nicht durchsucht</numerusform>
            <numerusform>%n Knoten mit sehr vielen Nachbarn sind gezeigt, aber nicht durchsucht</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>chrona::ui::GraphView</name>
    <message>
        <source>Graph</source>
        <translation>Graph</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message numerus="yes">
        <source>%n tie(s) here, %1 in all</source>
        <translation>
            <numerusform>%n Verbindung hier, %1 insgesamt</numerusform>
            <numerusform>%n Verbindungen hier, %1 insgesamt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n event(s)</source>
        <translation>
            <numerusform>%n Ereignis</numerusform>
            <numerusform>%n Ereignisse</numerusform>
        </translation>
    </message>
    <message>
        <source>strongest: %1</source>
        <translation>stärkste: %1</translation>
    </message>
    <message numerus="yes">
        <source>%n node(s)</source>
        <translation>
            <numerusform>%n Knoten</numerusform>
            <numerusform>%n Knoten</numerusform>
        </translation>
    </message>
    <message>
        <source>Communities</source>
        <translation>Gemeinschaften</translation>
    </message>
    <message>
        <source>events in common</source>
        <translation>gemeinsame Ereignisse</translation>
    </message>
    <message numerus="yes">
        <source>%1 — %2: %3; %n event(s)</source>
        <translation>
            <numerusform>%1 — %2: %3; %n Ereignis</numerusform>
            <numerusform>%1 — %2: %3; %n Ereignisse</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>chrona::ui::GroupColumnsModel</name>
    <message>
        <source>Group</source>
        <translation>Gruppe</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>Ereignisse</translation>
    </message>
    <message>
        <source>Share %</source>
        <translation>Anteil %</translation>
    </message>
    <message>
        <source>Mean severity %</source>
        <translation>Schwere im Mittel %</translation>
    </message>
    <message>
        <source>Greatest severity %</source>
        <translation>Größte Schwere %</translation>
    </message>
    <message>
        <source>Mean confidence %</source>
        <translation>Konfidenz im Mittel %</translation>
    </message>
    <message>
        <source>First</source>
        <translation>Erstes</translation>
    </message>
    <message>
        <source>Last</source>
        <translation>Letztes</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
</context>
<context>
    <name>chrona::ui::GroupView</name>
    <message>
        <source>by type</source>
        <translation>nach Art</translation>
    </message>
    <message>
        <source>by region</source>
        <translation>nach Region</translation>
    </message>
    <message>
        <source>by country</source>
        <translation>nach Land</translation>
    </message>
    <message>
        <source>by source</source>
        <translation>nach Quelle</translation>
    </message>
    <message>
        <source>by day</source>
        <translation>nach Tag</translation>
    </message>
    <message>
        <source>by week</source>
        <translation>nach Woche</translation>
    </message>
    <message>
        <source>by month</source>
        <translation>nach Monat</translation>
    </message>
    <message>
        <source>Groups of events</source>
        <translation>Gruppen von Ereignissen</translation>
    </message>
</context>
<context>
    <name>chrona::ui::HourlyPane</name>
    <message>
        <source>New</source>
        <translation>Neu</translation>
    </message>
    <message>
        <source>More severe</source>
        <translation>Schwerer</translation>
    </message>
    <message>
        <source>Less severe</source>
        <translation>Weniger schwer</translation>
    </message>
    <message>
        <source>Corrected</source>
        <translation>Berichtigt</translation>
    </message>
    <message>
        <source>Taken back</source>
        <translation>Zurückgenommen</translation>
    </message>
    <message>
        <source>Over</source>
        <translation>Vorbei</translation>
    </message>
    <message>
        <source>Hourly update</source>
        <translation>Stündliches Update</translation>
    </message>
    <message>
        <source>The hour before</source>
        <translation>Die Stunde davor</translation>
    </message>
    <message>
        <source>The hour after</source>
        <translation>Die Stunde danach</translation>
    </message>
    <message>
        <source>Newest</source>
        <translation>Neueste</translation>
    </message>
    <message>
        <source>from %1</source>
        <translation>ab %1</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Loading the last hour…</source>
        <translation>Die letzte Stunde wird geladen…</translation>
    </message>
    <message>
        <source>Crossed your rules</source>
        <translation>Traf die eigenen Regeln</translation>
    </message>
    <message>
        <source>What reached the watchlists</source>
        <translation>Was die Beobachtungslisten erreichte</translation>
    </message>
    <message>
        <source>Nothing in this hour.</source>
        <translation>Nichts in dieser Stunde.</translation>
    </message>
    <message>
        <source>Relevance %1</source>
        <translation>Relevanz %1</translation>
    </message>
    <message>
        <source>Data health</source>
        <translation>Zustand der Daten</translation>
    </message>
    <message>
        <source>Show in every view</source>
        <translation>In allen Ansichten zeigen</translation>
    </message>
</context>
<context>
    <name>chrona::ui::ImportDialog</name>
    <message>
        <source>Events</source>
        <translation>Ereignisse</translation>
    </message>
    <message>
        <source>Daily prices</source>
        <translation>Tagespreise</translation>
    </message>
    <message>
        <source>Series</source>
        <translation>Reihen</translation>
    </message>
    <message>
        <source>Quotes of venues</source>
        <translation>Notierungen von Börsen</translation>
    </message>
    <message>
        <source>Boundaries</source>
        <translation>Grenzen</translation>
    </message>
    <message>
        <source>row %1: %2</source>
        <translation>Zeile %1: %2</translation>
    </message>
    <message>
        <source>row %1, %2: %3</source>
        <translation>Zeile %1, %2: %3</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>Prüfen</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>Importieren</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Import %1</source>
        <translation>%1 importieren</translation>
    </message>
    <message>
        <source>What the file holds</source>
        <translation>Was die Datei enthält</translation>
    </message>
    <message>
        <source>Set of boundaries</source>
        <translation>Satz von Grenzen</translation>
    </message>
    <message>
        <source>Property with the code</source>
        <translation>Eigenschaft mit dem Kürzel</translation>
    </message>
    <message>
        <source>the feature&apos;s id</source>
        <translation>die Kennung des Objekts</translation>
    </message>
    <message>
        <source>Property with the name</source>
        <translation>Eigenschaft mit dem Namen</translation>
    </message>
    <message>
        <source>The first rows of the file</source>
        <translation>Die ersten Zeilen der Datei</translation>
    </message>
    <message>
        <source>Progress of the import</source>
        <translation>Fortschritt des Imports</translation>
    </message>
    <message>
        <source>%1 (needed)</source>
        <translation>%1 (nötig)</translation>
    </message>
    <message>
        <source>Column of the file that is %1</source>
        <translation>Spalte der Datei, die %1 ist</translation>
    </message>
    <message>
        <source>not in the file</source>
        <translation>nicht in der Datei</translation>
    </message>
    <message>
        <source>%1: left out</source>
        <translation>%1: ausgelassen</translation>
    </message>
    <message>
        <source>%1 → %2</source>
        <translation>%1 → %2</translation>
    </message>
    <message>
        <source>Rows that cannot be read are told, the others are stored.</source>
        <translation>Zeilen, die nicht zu lesen sind, werden genannt, die anderen gespeichert.</translation>
    </message>
    <message>
        <source>Choose the columns for: %1</source>
        <translation>Spalten wählen für: %1</translation>
    </message>
    <message>
        <source>The file cannot be read: %1</source>
        <translation>Die Datei ist nicht zu lesen: %1</translation>
    </message>
    <message>
        <source>Looking at all rows…</source>
        <translation>Alle Zeilen werden angesehen…</translation>
    </message>
    <message>
        <source>Importing…</source>
        <translation>Wird importiert…</translation>
    </message>
    <message>
        <source>%1 rows would be stored, %2 are known already, %3 cannot be read.</source>
        <translation>%1 Zeilen würden gespeichert, %2 sind schon bekannt, %3 nicht zu lesen.</translation>
    </message>
    <message>
        <source>%1 rows are stored, %2 were known already, %3 could not be read.</source>
        <translation>%1 Zeilen sind gespeichert, %2 waren schon bekannt, %3 nicht zu lesen.</translation>
    </message>
    <message>
        <source>The file is here; its outlines are put together: %1</source>
        <translation>Die Datei ist da; ihre Umrisse werden zusammengesetzt: %1</translation>
    </message>
</context>
<context>
    <name>chrona::ui::InspectorPane</name>
    <message>
        <source>yes</source>
        <translation>ja</translation>
    </message>
    <message>
        <source>no</source>
        <translation>nein</translation>
    </message>
    <message>
        <source>Inspector</source>
        <translation>Inspektor</translation>
    </message>
    <message>
        <source>Nothing selected</source>
        <translation>Nichts ausgewählt</translation>
    </message>
    <message>
        <source>Choose an event on the map, in the table or in the feed.</source>
        <translation>Auf der Karte, in der Tabelle oder im Feed ein Ereignis wählen.</translation>
    </message>
    <message>
        <source>1 of %1 selected</source>
        <translation>1 von %1 ausgewählt</translation>
    </message>
    <message>
        <source>Loading the event…</source>
        <translation>Ereignis wird geladen…</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>synthetic</source>
        <translation>synthetisch</translation>
    </message>
    <message>
        <source>Made up for the sample world; it never happened</source>
        <translation>Für die Beispielwelt erfunden; nie geschehen</translation>
    </message>
    <message>
        <source>retracted</source>
        <translation>zurückgezogen</translation>
    </message>
    <message>
        <source>The source took it back</source>
        <translation>Die Quelle hat es zurückgezogen</translation>
    </message>
    <message>
        <source>revision %1</source>
        <translation>Revision %1</translation>
    </message>
    <message>
        <source>The source changed what it says</source>
        <translation>Die Quelle hat ihre Angaben geändert</translation>
    </message>
    <message>
        <source>Severity</source>
        <translation>Schwere</translation>
    </message>
    <message>
        <source>Comparable within one type of event</source>
        <translation>Vergleichbar innerhalb eines Ereignistyps</translation>
    </message>
    <message>
        <source>Confidence</source>
        <translation>Konfidenz</translation>
    </message>
    <message>
        <source>How sure it is that this happened as described</source>
        <translation>Wie sicher es ist, dass dies wie beschrieben geschah</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Wann</translation>
    </message>
    <message>
        <source>Observed</source>
        <translation>Beobachtet</translation>
    </message>
    <message>
        <source>When it happened.</source>
        <translation>Wann es geschah.</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>Bis</translation>
    </message>
    <message>
        <source>When it ends.</source>
        <translation>Wann es endet.</translation>
    </message>
    <message>
        <source>Published</source>
        <translation>Veröffentlicht</translation>
    </message>
    <message>
        <source>When the source said so.</source>
        <translation>Wann die Quelle es mitteilte.</translation>
    </message>
    <message>
        <source>Ingested</source>
        <translation>Erfasst</translation>
    </message>
    <message>
        <source>When it was stored here.</source>
        <translation>Wann es hier gespeichert wurde.</translation>
    </message>
    <message>
        <source>Available</source>
        <translation>Verfügbar</translation>
    </message>
    <message>
        <source>Since when it could be known. </source>
        <translation>Ab wann es bekannt sein konnte. </translation>
    </message>
    <message>
        <source>Basis</source>
        <translation>Grundlage</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>Wo</translation>
    </message>
    <message>
        <source>Region</source>
        <translation>Region</translation>
    </message>
    <message>
        <source>ISO 3166 code</source>
        <translation>ISO-3166-Code</translation>
    </message>
    <message>
        <source>Position</source>
        <translation>Position</translation>
    </message>
    <message>
        <source>Latitude and longitude</source>
        <translation>Breite und Länge</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Family</source>
        <translation>Familie</translation>
    </message>
    <message>
        <source>Corroboration counts families, not feeds</source>
        <translation>Als Bestätigung zählen Familien, nicht Feeds</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Lizenz</translation>
    </message>
    <message>
        <source>Attribution</source>
        <translation>Quellenvermerk</translation>
    </message>
    <message>
        <source>Reference</source>
        <translation>Referenz</translation>
    </message>
    <message>
        <source>What the source says</source>
        <translation>Angaben der Quelle</translation>
    </message>
    <message>
        <source>Entities</source>
        <translation>Entitäten</translation>
    </message>
    <message>
        <source>Near in place and time</source>
        <translation>Räumlich und zeitlich nah</translation>
    </message>
    <message>
        <source>%1. %2</source>
        <translation>%1. %2</translation>
    </message>
    <message>
        <source>Pin to the investigation</source>
        <translation>An die Untersuchung anheften</translation>
    </message>
    <message>
        <source>Put right</source>
        <translation>Berichtigen</translation>
    </message>
    <message>
        <source>Put right what is said of this event</source>
        <translation>Berichtigen, was über dieses Ereignis gesagt wird</translation>
    </message>
    <message>
        <source>Outranks what is found, until you take it back</source>
        <translation>Gilt vor dem, was gefunden wird, bis es zurückgenommen wird</translation>
    </message>
    <message>
        <source>Put right by you</source>
        <translation>Von Ihnen berichtigt</translation>
    </message>
    <message>
        <source>Made by a language model from the headline alone; nobody checked it</source>
        <translation>Von einem Sprachmodell allein aus der Überschrift gemacht; niemand hat es geprüft</translation>
    </message>
    <message>
        <source>Suggested by %1, not checked</source>
        <translation>Vorgeschlagen von %1, ungeprüft</translation>
    </message>
    <message>
        <source>Topic</source>
        <translation>Thema</translation>
    </message>
    <message>
        <source>Names</source>
        <translation>Namen</translation>
    </message>
    <message>
        <source>It is older than what is loaded, and the database could not be asked: %1</source>
        <translation>Es ist älter als das, was geladen ist, und die Datenbank konnte nicht gefragt werden: %1</translation>
    </message>
    <message>
        <source>Nothing else is known near it within %1 days.</source>
        <translation>In seiner Nähe ist innerhalb von %1 Tagen nichts anderes bekannt.</translation>
    </message>
</context>
<context>
    <name>chrona::ui::ItemEditor</name>
    <message>
        <source>Title</source>
        <translation>Titel</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>What do you see, and what follows from it?</source>
        <translation>Was ist zu sehen, und was folgt daraus?</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Schlagwörter</translation>
    </message>
    <message>
        <source>Tags, separated by commas</source>
        <translation>Schlagwörter, durch Kommas getrennt</translation>
    </message>
    <message>
        <source>How sure</source>
        <translation>Wie sicher</translation>
    </message>
    <message>
        <source>Evidence</source>
        <translation>Belege</translation>
    </message>
    <message>
        <source>Add evidence</source>
        <translation>Beleg hinzufügen</translation>
    </message>
    <message>
        <source>%1 % sure</source>
        <translation>%1 % sicher</translation>
    </message>
    <message>
        <source>Keep my version</source>
        <translation>Eigene Fassung behalten</translation>
    </message>
    <message>
        <source>Keep mine</source>
        <translation>Eigene behalten</translation>
    </message>
    <message>
        <source>Take theirs</source>
        <translation>Andere übernehmen</translation>
    </message>
    <message>
        <source>A claim that may be right or wrong</source>
        <translation>Eine Behauptung, die stimmen kann oder nicht</translation>
    </message>
    <message>
        <source>%1 %2: %3</source>
        <translation>%1 %2: %3</translation>
    </message>
    <message>
        <source>⚠ Another window changed this while you wrote. Yours: “%1”</source>
        <translation>⚠ Ein anderes Fenster hat dies währenddessen geändert. Eigene Fassung: „%1“</translation>
    </message>
    <message>
        <source>Write</source>
        <translation>Schreiben</translation>
    </message>
    <message>
        <source>Speaks for it</source>
        <translation>Spricht dafür</translation>
    </message>
    <message>
        <source>Speaks against it</source>
        <translation>Spricht dagegen</translation>
    </message>
    <message>
        <source>Is cited</source>
        <translation>Wird zitiert</translation>
    </message>
    <message>
        <source>Change what it speaks for</source>
        <translation>Aussage des Belegs ändern</translation>
    </message>
    <message>
        <source>Take evidence out</source>
        <translation>Beleg herausnehmen</translation>
    </message>
    <message>
        <source>Choose a note or a hypothesis above, or begin a new one.</source>
        <translation>Oben eine Notiz oder Hypothese wählen oder eine neue beginnen.</translation>
    </message>
    <message>
        <source>Evidence is what is pinned: pin an event, a place or a signal first.</source>
        <translation>Beleg ist, was angeheftet ist: zuerst ein Ereignis, einen Ort oder ein Signal anheften.</translation>
    </message>
    <message>
        <source>No evidence yet: add a pin that speaks for it or against it.</source>
        <translation>Noch kein Beleg: einen Pin hinzufügen, der dafür oder dagegen spricht.</translation>
    </message>
    <message>
        <source>Nothing is cited yet: add a pin that this note rests on.</source>
        <translation>Noch nichts zitiert: einen Pin hinzufügen, auf den sich diese Notiz stützt.</translation>
    </message>
    <message>
        <source>Return: for, against or cited. Ctrl+Return: show it. Delete: take out</source>
        <translation>Eingabe: dafür, dagegen oder zitiert. Strg+Eingabe: zeigen. Entf: herausnehmen</translation>
    </message>
    <message>
        <source>Show it</source>
        <translation>Zeigen</translation>
    </message>
    <message>
        <source>For, against or cited</source>
        <translation>Dafür, dagegen oder zitiert</translation>
    </message>
    <message>
        <source>Take out</source>
        <translation>Herausnehmen</translation>
    </message>
</context>
<context>
    <name>chrona::ui::JobColumnsModel</name>
    <message>
        <source>Job</source>
        <translation>Auftrag</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>Warteschlange</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>Tries</source>
        <translation>Versuche</translation>
    </message>
    <message>
        <source>Age</source>
        <translation>Alter</translation>
    </message>
    <message>
        <source>Finished</source>
        <translation>Beendet</translation>
    </message>
</context>
<context>
    <name>chrona::ui::JobDelegate</name>
    <message>
        <source>Waiting</source>
        <translation>Wartet</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>Läuft</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Erledigt</translation>
    </message>
    <message>
        <source>Retrying</source>
        <translation>Wiederholt</translation>
    </message>
    <message>
        <source>Given up</source>
        <translation>Aufgegeben</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>Abgebrochen</translation>
    </message>
    <message>
        <source>Load the sample world</source>
        <translation>Beispielwelt laden</translation>
    </message>
    <message>
        <source>Normalise raw items</source>
        <translation>Rohdaten normalisieren</translation>
    </message>
    <message>
        <source>Fetch a source</source>
        <translation>Quelle abrufen</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
</context>
<context>
    <name>chrona::ui::JobsPane</name>
    <message>
        <source>Jobs</source>
        <translation>Aufträge</translation>
    </message>
    <message>
        <source>Cancel the job</source>
        <translation>Auftrag abbrechen</translation>
    </message>
    <message>
        <source>Try the job again</source>
        <translation>Auftrag erneut versuchen</translation>
    </message>
    <message>
        <source>Nothing is being done</source>
        <translation>Zurzeit keine Aufträge</translation>
    </message>
    <message>
        <source>Imports, fetches and runs appear here.</source>
        <translation>Importe, Abrufe und Läufe erscheinen hier.</translation>
    </message>
    <message>
        <source>Waiting for the service…</source>
        <translation>Warten auf den Dienst…</translation>
    </message>
</context>
<context>
    <name>chrona::ui::LayerModel</name>
    <message>
        <source>%1, %2 events, %3</source>
        <translation>%1, %2 Ereignisse, %3</translation>
    </message>
    <message>
        <source>hidden</source>
        <translation>ausgeblendet</translation>
    </message>
    <message>
        <source>shown</source>
        <translation>eingeblendet</translation>
    </message>
    <message>
        <source>%1: %2 events in the time window. Click to hide or show; double-click for this one alone.</source>
        <translation>%1: %2 Ereignisse im Zeitfenster. Klick blendet aus oder ein; Doppelklick zeigt nur diese Ebene.</translation>
    </message>
</context>
<context>
    <name>chrona::ui::LayersPane</name>
    <message>
        <source>Legend: larger marks are more severe; amber is selected</source>
        <translation>Legende: größere Marken sind schwerer; bernsteinfarben ist ausgewählt</translation>
    </message>
    <message>
        <source>Severity within its type</source>
        <translation>Schwere innerhalb des Typs</translation>
    </message>
    <message>
        <source>low</source>
        <translation>leicht</translation>
    </message>
    <message>
        <source>high</source>
        <translation>schwer</translation>
    </message>
    <message>
        <source>selected, in every view</source>
        <translation>ausgewählt, in allen Bereichen</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>Ebenen</translation>
    </message>
    <message>
        <source>Waiting for events…</source>
        <translation>Warten auf Ereignisse…</translation>
    </message>
    <message>
        <source>No events yet</source>
        <translation>Noch keine Ereignisse</translation>
    </message>
    <message>
        <source>Load the sample world, or switch on a live source.</source>
        <translation>Laden Sie die Beispielwelt, oder schalten Sie eine Live-Quelle ein.</translation>
    </message>
</context>
<context>
    <name>chrona::ui::Layouts</name>
    <message>
        <source>Show %1</source>
        <translation>%1 anzeigen</translation>
    </message>
    <message>
        <source>Reset the layout</source>
        <translation>Layout zurücksetzen</translation>
    </message>
    <message>
        <source>Layout %1</source>
        <translation>Layout %1</translation>
    </message>
    <message>
        <source>Arrange views</source>
        <translation>Ansichten anordnen</translation>
    </message>
</context>
<context>
    <name>chrona::ui::MainWindow</name>
    <message>
        <source>Top bar</source>
        <translation>Kopfleiste</translation>
    </message>
    <message>
        <source>View</source>
        <translation>Ansicht</translation>
    </message>
    <message>
        <source>Show %1</source>
        <translation>%1 anzeigen</translation>
    </message>
    <message>
        <source>Hide %1</source>
        <translation>%1 ausblenden</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>Ebenen</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>Karte</translation>
    </message>
    <message>
        <source>Inspector</source>
        <translation>Inspektor</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>Ereignisse</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>Zeitleiste</translation>
    </message>
    <message>
        <source>Watchlist</source>
        <translation>Beobachtungsliste</translation>
    </message>
    <message>
        <source>Chart</source>
        <translation>Kursverlauf</translation>
    </message>
    <message>
        <source>Hourly feed</source>
        <translation>Feed nach Stunden</translation>
    </message>
    <message>
        <source>Sources</source>
        <translation>Quellen</translation>
    </message>
    <message>
        <source>Jobs</source>
        <translation>Aufträge</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Bearbeiten</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>Copy the selected event</source>
        <translation>Ausgewähltes Ereignis kopieren</translation>
    </message>
    <message>
        <source>Clear the selection</source>
        <translation>Auswahl aufheben</translation>
    </message>
    <message>
        <source>Clear all filters</source>
        <translation>Alle Filter löschen</translation>
    </message>
    <message>
        <source>Filter events</source>
        <translation>Ereignisse filtern</translation>
    </message>
    <message>
        <source>Command palette…</source>
        <translation>Befehlspalette…</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Hilfe</translation>
    </message>
    <message>
        <source>About Chrona</source>
        <translation>Über Chrona</translation>
    </message>
    <message>
        <source>Quit and stop the service</source>
        <translation>Beenden und Dienst anhalten</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Close the window</source>
        <translation>Fenster schließen</translation>
    </message>
    <message>
        <source>Last 24 hours of data</source>
        <translation>Letzte 24 Stunden der Daten</translation>
    </message>
    <message>
        <source>Last 7 days of data</source>
        <translation>Letzte 7 Tage der Daten</translation>
    </message>
    <message>
        <source>Last 30 days of data</source>
        <translation>Letzte 30 Tage der Daten</translation>
    </message>
    <message>
        <source>Last 90 days of data</source>
        <translation>Letzte 90 Tage der Daten</translation>
    </message>
    <message>
        <source>Last year of data</source>
        <translation>Letztes Jahr der Daten</translation>
    </message>
    <message>
        <source>All data</source>
        <translation>Alle Daten</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Play or pause</source>
        <translation>Abspielen oder anhalten</translation>
    </message>
    <message>
        <source>Zoom the timeline to the window</source>
        <translation>Zeitleiste auf das Fenster zoomen</translation>
    </message>
    <message>
        <source>As-of time…</source>
        <translation>Stand wählen…</translation>
    </message>
    <message>
        <source>As of now</source>
        <translation>Stand jetzt</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>Erscheinungsbild</translation>
    </message>
    <message>
        <source>Follow the system</source>
        <translation>Wie das System</translation>
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
        <source>Taller rows</source>
        <translation>Höhere Zeilen</translation>
    </message>
    <message>
        <source>Switch between UTC and local time</source>
        <translation>Zwischen UTC und Ortszeit wechseln</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>Vollbild</translation>
    </message>
    <message>
        <source>Save the layout as…</source>
        <translation>Layout speichern unter…</translation>
    </message>
    <message>
        <source>Layout</source>
        <translation>Layout</translation>
    </message>
    <message>
        <source>Reset the layout</source>
        <translation>Layout zurücksetzen</translation>
    </message>
    <message>
        <source>Load the sample world</source>
        <translation>Beispielwelt laden</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>Daten</translation>
    </message>
    <message>
        <source>Remove the sample world</source>
        <translation>Beispielwelt entfernen</translation>
    </message>
    <message>
        <source>Connect live sources</source>
        <translation>Live-Quellen verbinden</translation>
    </message>
    <message>
        <source>That did not work</source>
        <translation>Das hat nicht geklappt</translation>
    </message>
    <message>
        <source>Loading the sample world: %1 of %2</source>
        <translation>Beispielwelt wird geladen: %1 von %2</translation>
    </message>
    <message>
        <source>Loading the sample world</source>
        <translation>Beispielwelt wird geladen</translation>
    </message>
    <message>
        <source>Remove the sample world?</source>
        <translation>Beispielwelt entfernen?</translation>
    </message>
    <message>
        <source>Everything that is marked synthetic is removed. It can be loaded again at any time.</source>
        <translation>Alles, was als synthetisch markiert ist, wird entfernt. Es lässt sich jederzeit wieder laden.</translation>
    </message>
    <message>
        <source>Save the layout</source>
        <translation>Layout speichern</translation>
    </message>
    <message>
        <source>Name of the layout</source>
        <translation>Name des Layouts</translation>
    </message>
    <message>
        <source>World</source>
        <translation>Welt</translation>
    </message>
    <message>
        <source>Terminal</source>
        <translation>Terminal</translation>
    </message>
    <message>
        <source>Perspective</source>
        <translation>Perspektive</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>Main menu</source>
        <translation>Hauptmenü</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>Ort</translation>
    </message>
    <message>
        <source>Entity</source>
        <translation>Entität</translation>
    </message>
    <message>
        <source>Graph</source>
        <translation>Graph</translation>
    </message>
    <message>
        <source>Signals</source>
        <translation>Signale</translation>
    </message>
    <message>
        <source>Evidence of the signal</source>
        <translation>Belege des Signals</translation>
    </message>
    <message>
        <source>Signals elevated now</source>
        <translation>Derzeit erhöhte Signale</translation>
    </message>
    <message>
        <source>Briefing</source>
        <translation>Briefing</translation>
    </message>
    <message>
        <source>Sections and days</source>
        <translation>Abschnitte und Tage</translation>
    </message>
    <message>
        <source>Evidence of the sentence</source>
        <translation>Belege des Satzes</translation>
    </message>
    <message>
        <source>Notes on the briefing</source>
        <translation>Notizen zum Briefing</translation>
    </message>
    <message>
        <source>Briefing in short</source>
        <translation>Briefing in Kürze</translation>
    </message>
    <message>
        <source>Research</source>
        <translation>Recherche</translation>
    </message>
    <message>
        <source>Investigations</source>
        <translation>Untersuchungen</translation>
    </message>
    <message>
        <source>Pins</source>
        <translation>Pins</translation>
    </message>
    <message>
        <source>Board</source>
        <translation>Board</translation>
    </message>
    <message>
        <source>Own work</source>
        <translation>Eigene Arbeit</translation>
    </message>
    <message>
        <source>Case</source>
        <translation>Fall</translation>
    </message>
    <message>
        <source>New investigation…</source>
        <translation>Neue Untersuchung…</translation>
    </message>
    <message>
        <source>New note</source>
        <translation>Neue Notiz</translation>
    </message>
    <message>
        <source>New hypothesis</source>
        <translation>Neue Hypothese</translation>
    </message>
    <message>
        <source>Keep pinned things as they are now</source>
        <translation>Angeheftetes im jetzigen Stand bewahren</translation>
    </message>
    <message>
        <source>Search investigations</source>
        <translation>Untersuchungen durchsuchen</translation>
    </message>
    <message>
        <source>Export the investigation…</source>
        <translation>Untersuchung exportieren…</translation>
    </message>
    <message>
        <source>Import an investigation…</source>
        <translation>Untersuchung importieren…</translation>
    </message>
    <message>
        <source>Close the investigation</source>
        <translation>Untersuchung schließen</translation>
    </message>
    <message>
        <source>It stays open until everything is saved.</source>
        <translation>Sie bleibt geöffnet, bis alles gespeichert ist.</translation>
    </message>
    <message>
        <source>Archive the investigation</source>
        <translation>Untersuchung archivieren</translation>
    </message>
    <message>
        <source>New investigation</source>
        <translation>Neue Untersuchung</translation>
    </message>
    <message>
        <source>What is it called?</source>
        <translation>Wie soll sie heißen?</translation>
    </message>
    <message>
        <source>Export the investigation</source>
        <translation>Untersuchung exportieren</translation>
    </message>
    <message>
        <source>Investigations (*.chrona)</source>
        <translation>Untersuchungen (*.chrona)</translation>
    </message>
    <message>
        <source>Exported to %1</source>
        <translation>Nach %1 exportiert</translation>
    </message>
    <message>
        <source>a source that is not known</source>
        <translation>eine unbekannte Quelle</translation>
    </message>
    <message>
        <source>Exported without some evidence</source>
        <translation>Ohne einige Belege exportiert</translation>
    </message>
    <message>
        <source>%1 pins stay behind in %2: their sources do not let them be passed on.</source>
        <translation>%1 Pins fehlen in %2: Ihre Quellen erlauben keine Weitergabe.</translation>
    </message>
    <message>
        <source>Import an investigation</source>
        <translation>Untersuchung importieren</translation>
    </message>
    <message>
        <source>%1 added, %2 updated, %3 as before, %4 stand beside ours</source>
        <translation>%1 hinzugefügt, %2 aktualisiert, %3 unverändert, %4 neben eigenen Fassungen</translation>
    </message>
    <message>
        <source>Pin the selection</source>
        <translation>Auswahl anheften</translation>
    </message>
    <message>
        <source>Pin the map view</source>
        <translation>Kartenausschnitt anheften</translation>
    </message>
    <message>
        <source>Pin the event&apos;s region</source>
        <translation>Region des Ereignisses anheften</translation>
    </message>
    <message>
        <source>Pin what the event names</source>
        <translation>Anheften, was das Ereignis nennt</translation>
    </message>
    <message>
        <source>Pin the time window and filter</source>
        <translation>Zeitfenster und Filter anheften</translation>
    </message>
    <message>
        <source>Unpin what is selected among the pins</source>
        <translation>Ausgewählte Pins lösen</translation>
    </message>
    <message>
        <source>Untitled investigation</source>
        <translation>Untersuchung ohne Titel</translation>
    </message>
    <message>
        <source>Pin</source>
        <translation>Anheften</translation>
    </message>
    <message>
        <source>“%1” is archived: open it again to pin to it.</source>
        <translation>„%1“ ist archiviert: zum Anheften wieder öffnen.</translation>
    </message>
    <message>
        <source>Pinned to “%1” already</source>
        <translation>Bereits an „%1“ angeheftet</translation>
    </message>
    <message>
        <source>%1 pinned to “%2”</source>
        <translation>%1 an „%2“ angeheftet</translation>
    </message>
    <message>
        <source>%1 events are selected; at most %2 are pinned at once.</source>
        <translation>%1 Ereignisse sind ausgewählt; höchstens %2 werden auf einmal angeheftet.</translation>
    </message>
    <message>
        <source>Event %1</source>
        <translation>Ereignis %1</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 bis %2</translation>
    </message>
    <message>
        <source>Filtered, %1</source>
        <translation>Gefiltert, %1</translation>
    </message>
    <message>
        <source>Map around %1° N, %2° E</source>
        <translation>Karte um %1° N, %2° O</translation>
    </message>
    <message>
        <source>Round clock</source>
        <translation>Rundenuhr</translation>
    </message>
    <message>
        <source>Feeds</source>
        <translation>Feeds</translation>
    </message>
    <message>
        <source>Venues</source>
        <translation>Börsen</translation>
    </message>
    <message>
        <source>Explanation</source>
        <translation>Erklärung</translation>
    </message>
    <message>
        <source>Oracle alerts</source>
        <translation>Warnungen</translation>
    </message>
    <message>
        <source>Submissions</source>
        <translation>Einreichungen</translation>
    </message>
    <message>
        <source>Oracle</source>
        <translation>Orakel</translation>
    </message>
    <message>
        <source>Briefing of the investigation…</source>
        <translation>Briefing der Untersuchung…</translation>
    </message>
    <message>
        <source>Briefing of the investigation</source>
        <translation>Briefing der Untersuchung</translation>
    </message>
    <message>
        <source>PDF documents (*.pdf)</source>
        <translation>PDF-Dokumente (*.pdf)</translation>
    </message>
    <message>
        <source>HTML pages (*.html)</source>
        <translation>HTML-Seiten (*.html)</translation>
    </message>
    <message>
        <source>Markdown texts (*.md)</source>
        <translation>Markdown-Texte (*.md)</translation>
    </message>
    <message>
        <source>Making the briefing…</source>
        <translation>Das Briefing wird erstellt…</translation>
    </message>
    <message>
        <source>Settings…</source>
        <translation>Einstellungen…</translation>
    </message>
    <message>
        <source>Explanation of a move</source>
        <translation>Erklärung einer Bewegung</translation>
    </message>
    <message>
        <source>Alerts</source>
        <translation>Alarme</translation>
    </message>
    <message>
        <source>Hourly update</source>
        <translation>Stündliches Update</translation>
    </message>
    <message>
        <source>Alert rules…</source>
        <translation>Alarmregeln…</translation>
    </message>
    <message>
        <source>Alert me of what is filtered…</source>
        <translation>Bei Gefiltertem alarmieren…</translation>
    </message>
    <message>
        <source>Exposures: what moves what…</source>
        <translation>Abhängigkeiten: was was bewegt…</translation>
    </message>
    <message>
        <source>Views that share a place</source>
        <translation>Ansichten, die sich einen Platz teilen</translation>
    </message>
    <message>
        <source>Provider</source>
        <translation>Anbieter</translation>
    </message>
    <message>
        <source>Competition</source>
        <translation>Wettbewerb</translation>
    </message>
    <message>
        <source>Show the board as a canvas or as lists</source>
        <translation>Pinnwand oder Listen zeigen</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>Güte</translation>
    </message>
    <message>
        <source>Calendar</source>
        <translation>Kalender</translation>
    </message>
    <message>
        <source>What bears on it</source>
        <translation>Was dazu gehört</translation>
    </message>
    <message>
        <source>Read an investigation&apos;s file…</source>
        <translation>Datei einer Untersuchung lesen…</translation>
    </message>
    <message>
        <source>Read an investigation&apos;s file</source>
        <translation>Datei einer Untersuchung lesen</translation>
    </message>
    <message>
        <source>Enlarge the view in focus</source>
        <translation>Ansicht im Fokus vergrößern</translation>
    </message>
    <message>
        <source>Make the view in focus smaller</source>
        <translation>Ansicht im Fokus verkleinern</translation>
    </message>
    <message>
        <source>The view in focus in its own size</source>
        <translation>Ansicht im Fokus in eigener Größe</translation>
    </message>
    <message>
        <source>An empty folder for the data</source>
        <translation>Ein leerer Ordner für die Daten</translation>
    </message>
    <message>
        <source>Pin the chosen signals</source>
        <translation>Gewählte Signale anheften</translation>
    </message>
    <message>
        <source>Copy the selected rows</source>
        <translation>Gewählte Zeilen kopieren</translation>
    </message>
    <message>
        <source>Import a file…</source>
        <translation>Datei importieren…</translation>
    </message>
    <message>
        <source>Import a file of your own</source>
        <translation>Eigene Datei importieren</translation>
    </message>
    <message>
        <source>Tables and maps (*.csv *.geojson *.topojson *.json)</source>
        <translation>Tabellen und Karten (*.csv *.geojson *.topojson *.json)</translation>
    </message>
    <message>
        <source>Export the events as CSV…</source>
        <translation>Ereignisse als CSV exportieren…</translation>
    </message>
    <message>
        <source>Export the events as CSV</source>
        <translation>Ereignisse als CSV exportieren</translation>
    </message>
    <message>
        <source>Comma-separated values (*.csv)</source>
        <translation>Kommagetrennte Werte (*.csv)</translation>
    </message>
    <message>
        <source>Show the event on the map</source>
        <translation>Ereignis auf der Karte zeigen</translation>
    </message>
    <message>
        <source>Show the event in the graph</source>
        <translation>Ereignis im Graphen zeigen</translation>
    </message>
    <message>
        <source>Show the event on the timeline</source>
        <translation>Ereignis auf der Zeitleiste zeigen</translation>
    </message>
    <message>
        <source>Save the filter as…</source>
        <translation>Filter speichern als…</translation>
    </message>
    <message>
        <source>Save the filter</source>
        <translation>Filter speichern</translation>
    </message>
    <message>
        <source>Name of the filter</source>
        <translation>Name des Filters</translation>
    </message>
    <message>
        <source>Saved as “%1”</source>
        <translation>Als „%1“ gespeichert</translation>
    </message>
    <message>
        <source>The source does not say where it was.</source>
        <translation>Die Quelle sagt nicht, wo es war.</translation>
    </message>
    <message>
        <source>%1 rows imported</source>
        <translation>%1 Zeilen importiert</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Exporting events: %1</source>
        <translation>Ereignisse werden exportiert: %1</translation>
    </message>
    <message>
        <source>Move the map</source>
        <translation>Karte bewegen</translation>
    </message>
    <message>
        <source>Move the timeline</source>
        <translation>Zeitleiste bewegen</translation>
    </message>
    <message>
        <source>Move the graph</source>
        <translation>Graph bewegen</translation>
    </message>
    <message>
        <source>Alert me of what comes to the pin…</source>
        <translation>Bei Neuem zum Pin alarmieren…</translation>
    </message>
    <message>
        <source>%1 pinned things kept with their hashes, %2 of them changed since</source>
        <translation>%1 angeheftete Dinge mit ihren Prüfsummen festgehalten, %2 davon seither geändert</translation>
    </message>
    <message>
        <source>Decide what was changed twice…</source>
        <translation>Entscheiden, was zweimal geändert wurde …</translation>
    </message>
    <message>
        <source>Nothing was changed twice.</source>
        <translation>Nichts wurde zweimal geändert.</translation>
    </message>
    <message>
        <source>Caption and tags of the pin…</source>
        <translation>Überschrift und Schlagwörter des Angehefteten …</translation>
    </message>
    <message>
        <source>Title and tags of the investigation…</source>
        <translation>Titel und Schlagwörter der Untersuchung …</translation>
    </message>
    <message>
        <source>Name the investigation</source>
        <translation>Untersuchung benennen</translation>
    </message>
    <message>
        <source>It stays open until it is decided which version stands.</source>
        <translation>Sie bleibt offen, bis entschieden ist, welche Fassung gilt.</translation>
    </message>
    <message>
        <source>Keep the time window to compare others with it, or let it go</source>
        <translation>Zeitfenster zum Vergleichen behalten oder loslassen</translation>
    </message>
    <message>
        <source>The timeline&apos;s brush snaps to sessions, or not</source>
        <translation>Auswahl der Zeitleiste rastet an Handelszeiten ein oder nicht</translation>
    </message>
    <message>
        <source>Pin the chosen nodes of the graph</source>
        <translation>Gewählte Knoten des Graphen anheften</translation>
    </message>
    <message>
        <source>Choose entities or events of the graph first.</source>
        <translation>Wählen Sie zuerst Entitäten oder Ereignisse des Graphen.</translation>
    </message>
    <message>
        <source>At most %1 are pinned at once.</source>
        <translation>Höchstens %1 werden auf einmal angeheftet.</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>%1 rows exported to %2</source>
        <translation>%1 Zeilen nach %2 exportiert</translation>
    </message>
    <message>
        <source>The briefing of “%1” was stopped; %2 was not written.</source>
        <translation>Das Briefing zu „%1“ wurde angehalten; %2 wurde nicht geschrieben.</translation>
    </message>
    <message>
        <source>Making the briefing: step %1</source>
        <translation>Das Briefing wird erstellt: Schritt %1</translation>
    </message>
    <message>
        <source>Stop making the briefing of “%1”</source>
        <translation>Das Erstellen des Briefings zu „%1“ anhalten</translation>
    </message>
    <message>
        <source>Stop exporting %1</source>
        <translation>Den Export nach %1 anhalten</translation>
    </message>
    <message>
        <source>Cut</source>
        <translation>Ausschneiden</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>Einfügen</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>Alles auswählen</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>Fenster</translation>
    </message>
    <message>
        <source>Minimise</source>
        <translation>Minimieren</translation>
    </message>
    <message>
        <source>Zoom</source>
        <translation>Zoomen</translation>
    </message>
    <message>
        <source>Bring all to front</source>
        <translation>Alle nach vorne bringen</translation>
    </message>
    <message>
        <source>Export the map as a picture…</source>
        <translation>Karte als Bild exportieren…</translation>
    </message>
    <message>
        <source>Export the map as a page…</source>
        <translation>Karte als Seite exportieren…</translation>
    </message>
    <message>
        <source>Export the events on the map as GeoJSON…</source>
        <translation>Ereignisse auf der Karte als GeoJSON exportieren…</translation>
    </message>
    <message>
        <source>Writing %1…</source>
        <translation>%1 wird geschrieben…</translation>
    </message>
</context>
<context>
    <name>chrona::ui::MapLayersBox</name>
    <message>
        <source>On the map</source>
        <translation>Auf der Karte</translation>
    </message>
    <message>
        <source>Layers of the map</source>
        <translation>Ebenen der Karte</translation>
    </message>
    <message>
        <source>How its events are drawn</source>
        <translation>Wie die Ereignisse gezeichnet werden</translation>
    </message>
    <message>
        <source>Opacity</source>
        <translation>Deckkraft</translation>
    </message>
    <message>
        <source>When outlines are shown</source>
        <translation>Wann Umrisse gezeigt werden</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>Classes</source>
        <translation>Klassen</translation>
    </message>
    <message>
        <source>Number of classes</source>
        <translation>Anzahl der Klassen</translation>
    </message>
    <message>
        <source>Middle of the classes</source>
        <translation>Mitte der Klassen</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keine</translation>
    </message>
    <message>
        <source>%1 (%2 regions)</source>
        <translation>%1 (%2 Regionen)</translation>
    </message>
    <message>
        <source>Set of boundaries</source>
        <translation>Satz von Grenzen</translation>
    </message>
    <message>
        <source>Outlines that you imported. Values by region are shown on them where their codes are those of the values.</source>
        <translation>Umrisse, die Sie importiert haben. Werte nach Region stehen auf ihnen, wo ihre Codes die der Werte sind.</translation>
    </message>
    <message>
        <source>None are imported yet</source>
        <translation>Noch keine importiert</translation>
    </message>
    <message>
        <source>%1 (%2 areas)</source>
        <translation>%1 (%2 Gebiete)</translation>
    </message>
</context>
<context>
    <name>chrona::ui::MapLayersModel</name>
    <message>
        <source>Areas of interest</source>
        <translation>Beobachtete Gebiete</translation>
    </message>
    <message>
        <source>Names</source>
        <translation>Namen</translation>
    </message>
    <message>
        <source>Track of the selection</source>
        <translation>Spur der Auswahl</translation>
    </message>
    <message>
        <source>Values by region</source>
        <translation>Werte nach Region</translation>
    </message>
    <message>
        <source>Tiles</source>
        <translation>Kacheln</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>shown</source>
        <translation>sichtbar</translation>
    </message>
    <message>
        <source>hidden</source>
        <translation>ausgeblendet</translation>
    </message>
    <message>
        <source>%1, %2, %3</source>
        <translation>%1, %2, %3</translation>
    </message>
    <message>
        <source>Stories told by several</source>
        <translation>Geschichten mehrerer</translation>
    </message>
    <message>
        <source>of a server</source>
        <translation>eines Servers</translation>
    </message>
    <message>
        <source>Boundaries of your own</source>
        <translation>Eigene Grenzen</translation>
    </message>
</context>
<context>
    <name>chrona::ui::MapList</name>
    <message>
        <source>Close the list (Escape)</source>
        <translation>Liste schließen (Escape)</translation>
    </message>
</context>
<context>
    <name>chrona::ui::MapListModel</name>
    <message>
        <source>taken back</source>
        <translation>zurückgenommen</translation>
    </message>
    <message>
        <source>%1  %2</source>
        <translation>%1  %2</translation>
    </message>
    <message>
        <source>%1, %2, %3 UTC, severity %4 %, at %5° latitude, %6° longitude</source>
        <translation>%1, %2, %3 UTC, Schwere %4 %, bei %5° Breite, %6° Länge</translation>
    </message>
</context>
<context>
    <name>chrona::ui::MapOverlays</name>
    <message>
        <source>Zoom in (+)</source>
        <translation>Vergrößern (+)</translation>
    </message>
    <message>
        <source>Zoom out (−)</source>
        <translation>Verkleinern (−)</translation>
    </message>
    <message>
        <source>Show the selection (F), or else the world (Home)</source>
        <translation>Auswahl zeigen (F), sonst die Welt (Pos1)</translation>
    </message>
    <message>
        <source>Tiles cannot be shown: %1</source>
        <translation>Kacheln können nicht gezeigt werden: %1</translation>
    </message>
</context>
<context>
    <name>chrona::ui::MapSketch</name>
    <message>
        <source>%1 m</source>
        <translation>%1 min</translation>
    </message>
    <message>
        <source>%1 km</source>
        <translation>%1 km</translation>
    </message>
    <message>
        <source>%1 km²</source>
        <translation>%1 km²</translation>
    </message>
    <message>
        <source>%1, encloses %2</source>
        <translation>%1, umschließt %2</translation>
    </message>
</context>
<context>
    <name>chrona::ui::MapTools</name>
    <message>
        <source>Lasso: draw around events, or set corners by click or Space; Return closes, Escape ends.</source>
        <translation>Lasso: Ereignisse umfahren oder Ecken per Klick oder Leertaste setzen; Eingabe schließt, Escape beendet.</translation>
    </message>
    <message>
        <source>Measure: set corners by click or Space; Escape ends.</source>
        <translation>Messen: Ecken per Klick oder Leertaste setzen; Escape beendet.</translation>
    </message>
    <message>
        <source>Lasso (L)</source>
        <translation>Lasso (L)</translation>
    </message>
    <message>
        <source>Measure (M)</source>
        <translation>Messen (M)</translation>
    </message>
    <message>
        <source>Go to a place (G)</source>
        <translation>Zu einem Ort (G)</translation>
    </message>
    <message>
        <source>List what is in view (V)</source>
        <translation>Sichtbares auflisten (V)</translation>
    </message>
    <message>
        <source>Areas of interest</source>
        <translation>Beobachtete Gebiete</translation>
    </message>
    <message>
        <source>Save the map</source>
        <translation>Karte speichern</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>Go</source>
        <translation>Los</translation>
    </message>
    <message>
        <source>Name of the area</source>
        <translation>Name des Gebiets</translation>
    </message>
    <message>
        <source>Town, country or 52.5, 13.4</source>
        <translation>Stadt, Land oder 52.5, 13.4</translation>
    </message>
    <message>
        <source>Go to</source>
        <translation>Gehe zu</translation>
    </message>
    <message>
        <source>No place is called “%1”</source>
        <translation>Kein Ort heißt „%1“</translation>
    </message>
    <message>
        <source>%1 events selected in %2</source>
        <translation>%1 Ereignisse ausgewählt auf %2</translation>
    </message>
    <message>
        <source>“%1” is kept; what comes into it from now on is new.</source>
        <translation>„%1“ ist gespeichert; was ab jetzt hinzukommt, ist neu.</translation>
    </message>
    <message>
        <source>Not kept: %1 %2</source>
        <translation>Nicht gespeichert: %1 %2</translation>
    </message>
    <message>
        <source>In view: %1 events</source>
        <translation>Im Blick: %1 Ereignisse</translation>
    </message>
    <message>
        <source>Nothing is new in “%1” since %2 UTC</source>
        <translation>Nichts Neues in „%1“ seit %2 UTC</translation>
    </message>
    <message>
        <source>%1 new in “%2” since %3 UTC</source>
        <translation>%1 neu in „%2“ seit %3 UTC</translation>
    </message>
    <message>
        <source>None yet: draw one with the lasso</source>
        <translation>Noch keine: mit dem Lasso zeichnen</translation>
    </message>
    <message>
        <source>%1  (%2 new)</source>
        <translation>%1  (%2 neu)</translation>
    </message>
    <message>
        <source>Show what changed</source>
        <translation>Änderungen zeigen</translation>
    </message>
    <message>
        <source>Select all in it</source>
        <translation>Alles darin auswählen</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Draw an area…</source>
        <translation>Gebiet zeichnen …</translation>
    </message>
    <message>
        <source>Picture (PNG)…</source>
        <translation>Bild (PNG) …</translation>
    </message>
    <message>
        <source>Page (PDF)…</source>
        <translation>Seite (PDF) …</translation>
    </message>
    <message>
        <source>Events in view (GeoJSON)…</source>
        <translation>Ereignisse im Blick (GeoJSON) …</translation>
    </message>
    <message>
        <source>Saved as %1</source>
        <translation>Gespeichert als %1</translation>
    </message>
    <message>
        <source>Not saved: %1 %2</source>
        <translation>Nicht gespeichert: %1 %2</translation>
    </message>
    <message>
        <source>Keep an area</source>
        <translation>Gebiet behalten</translation>
    </message>
    <message>
        <source>Remove an area</source>
        <translation>Gebiet entfernen</translation>
    </message>
    <message>
        <source>Reading titles: %1 (Escape stops)</source>
        <translation>Liest Titel: %1 (Escape hält an)</translation>
    </message>
    <message>
        <source>Not saved: it was stopped.</source>
        <translation>Nicht gespeichert: es wurde angehalten.</translation>
    </message>
</context>
<context>
    <name>chrona::ui::MapView</name>
    <message>
        <source>Map</source>
        <translation>Karte</translation>
    </message>
    <message>
        <source>Map canvas</source>
        <translation>Kartenfläche</translation>
    </message>
    <message>
        <source>The map cannot be drawn</source>
        <translation>Die Karte lässt sich nicht zeichnen</translation>
    </message>
    <message>
        <source>A part of Qt Location is missing: %1</source>
        <translation>Ein Teil von Qt Location fehlt: %1</translation>
    </message>
    <message>
        <source>%1 events in view, %2 pass the filter, %3 selected.</source>
        <translation>%1 Ereignisse im Ausschnitt, %2 erfüllen den Filter, %3 ausgewählt.</translation>
    </message>
    <message>
        <source>%1 Centre %2° latitude, %3° longitude, zoom %4.</source>
        <translation>%1 Mitte %2° Breite, %3° Länge, Zoom %4.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>No events yet</source>
        <translation>Noch keine Ereignisse</translation>
    </message>
    <message>
        <source>Connect a source, import a file, or load the sample world.</source>
        <translation>Eine Quelle verbinden, eine Datei importieren oder die Beispielwelt laden.</translation>
    </message>
    <message>
        <source>Loading events…</source>
        <translation>Ereignisse werden geladen…</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>Nicht verbunden</translation>
    </message>
    <message>
        <source>What you see may be old. Reconnecting…</source>
        <translation>Die Anzeige kann veraltet sein. Verbindung wird wiederhergestellt…</translation>
    </message>
    <message>
        <source>No event passes the filter</source>
        <translation>Kein Ereignis erfüllt den Filter</translation>
    </message>
    <message>
        <source>%1 events are loaded.</source>
        <translation>%1 Ereignisse sind geladen.</translation>
    </message>
    <message>
        <source>Clear the filter</source>
        <translation>Filter löschen</translation>
    </message>
    <message>
        <source>%1 · %2 UTC · severity %3 %</source>
        <translation>%1 · %2 UTC · Schwere %3 %</translation>
    </message>
    <message>
        <source>Chrona map</source>
        <translation>Chrona-Karte</translation>
    </message>
    <message>
        <source>The values of regions cannot be shown: %1</source>
        <translation>Die Werte der Regionen können nicht gezeigt werden: %1</translation>
    </message>
    <message>
        <source>Story · %1 · %2</source>
        <translation>Geschichte · %1 · %2</translation>
    </message>
    <message numerus="yes">
        <source>%n report(s)</source>
        <translation>
            <numerusform>%n Meldung</numerusform>
            <numerusform>%n Meldungen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n independent publisher(s)</source>
        <translation>
            <numerusform>%n unabhängiger Verlag</numerusform>
            <numerusform>%n unabhängige Verlage</numerusform>
        </translation>
    </message>
    <message>
        <source>The tiles&apos; server does not answer; these are older.</source>
        <translation>Der Kachelserver antwortet nicht; diese sind älter.</translation>
    </message>
    <message>
        <source>This tile server was removed.</source>
        <translation>Dieser Kachelserver wurde entfernt.</translation>
    </message>
    <message>
        <source>Reading boundaries: %1</source>
        <translation>Liest Grenzen: %1</translation>
    </message>
    <message>
        <source>The boundaries cannot be shown: %1 %2</source>
        <translation>Die Grenzen können nicht gezeigt werden: %1 %2</translation>
    </message>
    <message>
        <source>%1: %2 %3</source>
        <translation>%1: %2 %3</translation>
    </message>
    <message>
        <source>%1: no data</source>
        <translation>%1: keine Daten</translation>
    </message>
</context>
<context>
    <name>chrona::ui::MarketStrip</name>
    <message>
        <source>no close since</source>
        <translation>seither kein Schluss</translation>
    </message>
    <message>
        <source>no close before</source>
        <translation>vorher kein Schluss</translation>
    </message>
    <message>
        <source>%1 on the day</source>
        <translation>%1 am Tag</translation>
    </message>
    <message>
        <source>%1 on the day, %2 over the %3 after it</source>
        <translation>%1 am Tag, %2 über die %3 danach</translation>
    </message>
    <message>
        <source>Daily closes 45 days around the event, which is marked</source>
        <translation>Tagesschlüsse 45 Tage um das Ereignis, das markiert ist</translation>
    </message>
</context>
<context>
    <name>chrona::ui::MeaningSearch</name>
    <message>
        <source>Meaning</source>
        <translation>Bedeutung</translation>
    </message>
    <message>
        <source>Events that mean something like “%1”</source>
        <translation>Ereignisse, die etwas wie „%1“ bedeuten</translation>
    </message>
    <message>
        <source>No event in this window means something like “%1”.</source>
        <translation>Kein Ereignis in diesem Zeitfenster bedeutet etwas wie „%1“.</translation>
    </message>
    <message>
        <source>%1 events like “%2”, compared by %3</source>
        <translation>%1 Ereignisse wie „%2“, verglichen durch %3</translation>
    </message>
</context>
<context>
    <name>chrona::ui::MoreColumns</name>
    <message>
        <source>All columns are shown: scroll sideways. Press to fit them again</source>
        <translation>Alle Spalten werden gezeigt: seitwärts blättern. Drücken, um sie wieder einzupassen</translation>
    </message>
    <message>
        <source>Not shown for want of room: %1. Press to show them and scroll</source>
        <translation>Aus Platzmangel nicht gezeigt: %1. Drücken, um sie zu zeigen und zu blättern</translation>
    </message>
    <message>
        <source>Fit the columns</source>
        <translation>Spalten einpassen</translation>
    </message>
    <message>
        <source>Show hidden columns</source>
        <translation>Verborgene Spalten zeigen</translation>
    </message>
</context>
<context>
    <name>chrona::ui::Names</name>
    <message>
        <source>Weather</source>
        <translation>Wetter</translation>
    </message>
    <message>
        <source>Conflict</source>
        <translation>Konflikt</translation>
    </message>
    <message>
        <source>Policy</source>
        <translation>Politik</translation>
    </message>
    <message>
        <source>Macro</source>
        <translation>Makro</translation>
    </message>
    <message>
        <source>Markets</source>
        <translation>Märkte</translation>
    </message>
    <message>
        <source>Energy</source>
        <translation>Energie</translation>
    </message>
    <message>
        <source>News</source>
        <translation>Nachrichten</translation>
    </message>
    <message>
        <source>Disasters</source>
        <translation>Katastrophen</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>Sonstiges</translation>
    </message>
    <message>
        <source>Weather alert</source>
        <translation>Wetterwarnung</translation>
    </message>
    <message>
        <source>Tropical cyclone</source>
        <translation>Tropischer Zyklon</translation>
    </message>
    <message>
        <source>Earthquake</source>
        <translation>Erdbeben</translation>
    </message>
    <message>
        <source>Volcano</source>
        <translation>Vulkan</translation>
    </message>
    <message>
        <source>Flood</source>
        <translation>Überschwemmung</translation>
    </message>
    <message>
        <source>Wildfire</source>
        <translation>Waldbrand</translation>
    </message>
    <message>
        <source>Disaster</source>
        <translation>Katastrophe</translation>
    </message>
    <message>
        <source>Protest</source>
        <translation>Protest</translation>
    </message>
    <message>
        <source>Policy decision</source>
        <translation>Politikentscheid</translation>
    </message>
    <message>
        <source>Rate decision</source>
        <translation>Zinsentscheid</translation>
    </message>
    <message>
        <source>Speech</source>
        <translation>Rede</translation>
    </message>
    <message>
        <source>Legislation</source>
        <translation>Gesetzgebung</translation>
    </message>
    <message>
        <source>Sanction</source>
        <translation>Sanktion</translation>
    </message>
    <message>
        <source>Macro release</source>
        <translation>Makrodaten</translation>
    </message>
    <message>
        <source>Calendar</source>
        <translation>Termin</translation>
    </message>
    <message>
        <source>Market move</source>
        <translation>Marktbewegung</translation>
    </message>
    <message>
        <source>Filing</source>
        <translation>Pflichtmeldung</translation>
    </message>
    <message>
        <source>Energy report</source>
        <translation>Energiebericht</translation>
    </message>
    <message>
        <source>Outage</source>
        <translation>Ausfall</translation>
    </message>
    <message>
        <source>Shipping</source>
        <translation>Schifffahrt</translation>
    </message>
    <message>
        <source>Health</source>
        <translation>Gesundheit</translation>
    </message>
    <message>
        <source>Type %1</source>
        <translation>Typ %1</translation>
    </message>
    <message>
        <source>measured</source>
        <translation>gemessen</translation>
    </message>
    <message>
        <source>stated</source>
        <translation>angegeben</translation>
    </message>
    <message>
        <source>assumed</source>
        <translation>angenommen</translation>
    </message>
    <message>
        <source>We saw it arrive.</source>
        <translation>Das Eintreffen wurde beobachtet.</translation>
    </message>
    <message>
        <source>The source says when it was published.</source>
        <translation>Die Quelle nennt die Zeit der Veröffentlichung.</translation>
    </message>
    <message>
        <source>The time it happened plus a lag that somebody assumed.</source>
        <translation>Zeit des Geschehens plus ein angenommener Verzug.</translation>
    </message>
    <message>
        <source>Idle</source>
        <translation>Bereit</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>Läuft</translation>
    </message>
    <message>
        <source>Late</source>
        <translation>Verspätet</translation>
    </message>
    <message>
        <source>Failing</source>
        <translation>Gestört</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Aus</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>Gegenstand</translation>
    </message>
    <message>
        <source>Actor</source>
        <translation>Akteur</translation>
    </message>
    <message>
        <source>Target</source>
        <translation>Ziel</translation>
    </message>
    <message>
        <source>Location</source>
        <translation>Ort</translation>
    </message>
    <message>
        <source>Topic</source>
        <translation>Thema</translation>
    </message>
    <message>
        <source>Instrument</source>
        <translation>Instrument</translation>
    </message>
    <message>
        <source>Publisher</source>
        <translation>Herausgeber</translation>
    </message>
    <message>
        <source>The request was not understood.</source>
        <translation>Die Anfrage wurde nicht verstanden.</translation>
    </message>
    <message>
        <source>It is not there any more.</source>
        <translation>Es ist nicht mehr vorhanden.</translation>
    </message>
    <message>
        <source>Reload the view.</source>
        <translation>Bereich neu laden.</translation>
    </message>
    <message>
        <source>Somebody else changed it first.</source>
        <translation>Es wurde inzwischen anderweitig geändert.</translation>
    </message>
    <message>
        <source>Reload and try again.</source>
        <translation>Neu laden und erneut versuchen.</translation>
    </message>
    <message>
        <source>The service cannot be reached.</source>
        <translation>Der Dienst ist nicht erreichbar.</translation>
    </message>
    <message>
        <source>Chrona keeps trying; nothing is lost.</source>
        <translation>Chrona versucht es weiter; nichts geht verloren.</translation>
    </message>
    <message>
        <source>The service took too long.</source>
        <translation>Der Dienst hat zu lange gebraucht.</translation>
    </message>
    <message>
        <source>Try again.</source>
        <translation>Erneut versuchen.</translation>
    </message>
    <message>
        <source>Cancelled.</source>
        <translation>Abgebrochen.</translation>
    </message>
    <message>
        <source>The service refused this.</source>
        <translation>Der Dienst hat dies abgelehnt.</translation>
    </message>
    <message>
        <source>Check that both programs run as the same user.</source>
        <translation>Prüfen, ob beide Programme unter demselben Benutzer laufen.</translation>
    </message>
    <message>
        <source>Disk, memory or a budget is used up.</source>
        <translation>Festplatte, Speicher oder ein Kontingent ist erschöpft.</translation>
    </message>
    <message>
        <source>Free some space and try again.</source>
        <translation>Platz schaffen und erneut versuchen.</translation>
    </message>
    <message>
        <source>The data is damaged.</source>
        <translation>Die Daten sind beschädigt.</translation>
    </message>
    <message>
        <source>Look into the service&apos;s log.</source>
        <translation>Das Protokoll des Dienstes ansehen.</translation>
    </message>
    <message>
        <source>in full</source>
        <translation>vollständig</translation>
    </message>
    <message>
        <source>metadata only</source>
        <translation>nur Metadaten</translation>
    </message>
    <message>
        <source>own key, local only</source>
        <translation>eigener Schlüssel, nur lokal</translation>
    </message>
    <message>
        <source>Needs a key</source>
        <translation>Braucht einen Schlüssel</translation>
    </message>
    <message>
        <source>Refused by robots.txt</source>
        <translation>Durch robots.txt abgelehnt</translation>
    </message>
</context>
<context>
    <name>chrona::ui::OracleAlertsModel</name>
    <message>
        <source>%1 (not announced)</source>
        <translation>%1 (nicht gemeldet)</translation>
    </message>
    <message>
        <source>holds</source>
        <translation>dauert an</translation>
    </message>
    <message>
        <source>Alert</source>
        <translation>Alarm</translation>
    </message>
    <message>
        <source>Raised</source>
        <translation>Ausgelöst</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>Beendet</translation>
    </message>
</context>
<context>
    <name>chrona::ui::OracleAlertsPane</name>
    <message>
        <source>Alerts</source>
        <translation>Alarme</translation>
    </message>
    <message>
        <source>No alerts</source>
        <translation>Keine Alarme</translation>
    </message>
    <message>
        <source>Deviating venues, stale or thin feeds and disagreement are told here.</source>
        <translation>Abweichende Börsen, veraltete oder dünne Feeds und Uneinigkeit werden hier gemeldet.</translation>
    </message>
</context>
<context>
    <name>chrona::ui::OracleExplainPane</name>
    <message>
        <source>Moment to explain</source>
        <translation>Zu erklärender Moment</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>Jetzt</translation>
    </message>
    <message>
        <source>Follow the newest price</source>
        <translation>Dem neuesten Preis folgen</translation>
    </message>
    <message>
        <source>Follow the newest price; switched off, choose any moment that is kept</source>
        <translation>Dem neuesten Preis folgen; ausgeschaltet lässt sich jeder aufbewahrte Moment wählen</translation>
    </message>
    <message>
        <source>Explanation</source>
        <translation>Erklärung</translation>
    </message>
    <message>
        <source>synthetic</source>
        <translation>synthetisch</translation>
    </message>
    <message>
        <source>Made up for the sample world</source>
        <translation>Für die Beispielwelt erfunden</translation>
    </message>
    <message numerus="yes">
        <source>%1 was %2 at %3, from %n venue(s).</source>
        <translation>
            <numerusform>%1 lag um %3 bei %2, aus %n Börse.</numerusform>
            <numerusform>%1 lag um %3 bei %2, aus %n Börsen.</numerusform>
        </translation>
    </message>
    <message>
        <source>Venues</source>
        <translation>Börsen</translation>
    </message>
    <message>
        <source>Replay</source>
        <translation>Wiederholung</translation>
    </message>
    <message>
        <source>State hash</source>
        <translation>Zustandshash</translation>
    </message>
    <message>
        <source>A hash of all that the engine knew: a replay that differs in one bit shows it</source>
        <translation>Ein Hash von allem, was die Maschine wusste: Eine Wiederholung, die in einem Bit abweicht, zeigt es</translation>
    </message>
    <message>
        <source>Show the newest price</source>
        <translation>Den neuesten Preis zeigen</translation>
    </message>
    <message>
        <source>Half-width</source>
        <translation>Halbe Breite</translation>
    </message>
    <message>
        <source>±%1 bp holds the price 19 times in 20</source>
        <translation>±%1 Bp. enthält den Preis in 19 von 20 Fällen</translation>
    </message>
    <message>
        <source>Market</source>
        <translation>Markt</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>%1 bp from the venues&apos; weighted median</source>
        <translation>%1 Bp. vom gewichteten Median der Börsen</translation>
    </message>
    <message>
        <source>VWAP 30 s</source>
        <translation>VWAP 30 s</translation>
    </message>
    <message>
        <source>TWAP 30 s</source>
        <translation>TWAP 30 s</translation>
    </message>
    <message>
        <source>Median</source>
        <translation>Median</translation>
    </message>
    <message>
        <source>By volume</source>
        <translation>Nach Umsatz</translation>
    </message>
    <message>
        <source>Of mids</source>
        <translation>Mittelkurse</translation>
    </message>
    <message>
        <source>%1 · %2 bp · weight %3</source>
        <translation>%1 · %2 Bp. · Gewicht %3</translation>
    </message>
    <message>
        <source>%1 · %2 · left out</source>
        <translation>%1 · %2 · ausgelassen</translation>
    </message>
    <message>
        <source>Basis %1 bp, noise %2 bp, lag %3 s, %4 old; half spread %5 bp, %6 % of the volume</source>
        <translation>Basis %1 bp, Rauschen %2 bp, Verzug %3 s, %4 alt; halbe Spanne %5 bp, %6 % des Volumens</translation>
    </message>
    <message>
        <source>; heard by %1</source>
        <translation>; gehört von %1</translation>
    </message>
</context>
<context>
    <name>chrona::ui::OracleFeedsModel</name>
    <message>
        <source>Handed in at the last epoch&apos;s end: %1. Expected part of the reward: %2 %</source>
        <translation>Am Ende der letzten Epoche eingereicht: %1. Erwarteter Anteil der Belohnung: %2 %</translation>
    </message>
    <message>
        <source>Nothing was handed in at the last epoch&apos;s end</source>
        <translation>Am Ende der letzten Epoche wurde nichts eingereicht</translation>
    </message>
    <message>
        <source>Market: %1</source>
        <translation>Markt: %1</translation>
    </message>
    <message>
        <source>Synthetic: the sample world&apos;s ticks</source>
        <translation>Synthetisch: Ticks der Beispielwelt</translation>
    </message>
    <message>
        <source>Feed</source>
        <translation>Feed</translation>
    </message>
    <message>
        <source>Price</source>
        <translation>Preis</translation>
    </message>
    <message>
        <source>bp</source>
        <translation>Bp.</translation>
    </message>
    <message>
        <source>Venues</source>
        <translation>Börsen</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>Band</source>
        <translation>Band</translation>
    </message>
    <message>
        <source>2 min</source>
        <translation>2 Min.</translation>
    </message>
</context>
<context>
    <name>chrona::ui::OracleFeedsPane</name>
    <message>
        <source>Feeds</source>
        <translation>Feeds</translation>
    </message>
    <message>
        <source>%1, synthetic</source>
        <translation>%1, synthetisch</translation>
    </message>
</context>
<context>
    <name>chrona::ui::OracleLedgerModel</name>
    <message>
        <source>in time</source>
        <translation>rechtzeitig</translation>
    </message>
    <message>
        <source>late</source>
        <translation>verspätet</translation>
    </message>
    <message>
        <source>unreadable</source>
        <translation>unlesbar</translation>
    </message>
    <message>
        <source>not as committed</source>
        <translation>nicht wie zugesagt</translation>
    </message>
    <message>
        <source>missing</source>
        <translation>fehlt</translation>
    </message>
    <message>
        <source>In the primary and in the wider band, of all feeds</source>
        <translation>Im engen und im weiten Band, von allen Feeds</translation>
    </message>
    <message>
        <source>Round</source>
        <translation>Runde</translation>
    </message>
    <message>
        <source>Commit</source>
        <translation>Zusage</translation>
    </message>
    <message>
        <source>Reveal</source>
        <translation>Offenlegung</translation>
    </message>
    <message>
        <source>Signature</source>
        <translation>Signatur</translation>
    </message>
    <message>
        <source>In bands</source>
        <translation>In Bändern</translation>
    </message>
    <message>
        <source>Near</source>
        <translation>Nahe</translation>
    </message>
</context>
<context>
    <name>chrona::ui::OracleLedgerPane</name>
    <message>
        <source>Submissions</source>
        <translation>Einreichungen</translation>
    </message>
    <message>
        <source>No submissions</source>
        <translation>Keine Einreichungen</translation>
    </message>
    <message>
        <source>What a provider hands in is told here when its chain is followed: chronactl flare watch.</source>
        <translation>Was ein Anbieter einreicht, steht hier, wenn seiner Kette gefolgt wird: chronactl flare watch.</translation>
    </message>
    <message>
        <source>%1 has handed nothing in that is indexed yet.</source>
        <translation>%1 hat noch nichts eingereicht, das erfasst ist.</translation>
    </message>
</context>
<context>
    <name>chrona::ui::OraclePane</name>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>The oracle does not run</source>
        <translation>Das Orakel läuft nicht</translation>
    </message>
    <message>
        <source>No prices yet</source>
        <translation>Noch keine Preise</translation>
    </message>
    <message>
        <source>Venues are off until you connect them with the setting oracle.live. The sample world brings ticks of its own.</source>
        <translation>Börsen sind aus, bis Sie sie mit der Einstellung oracle.live verbinden. Die Beispielwelt bringt eigene Ticks mit.</translation>
    </message>
    <message>
        <source>Load the sample world</source>
        <translation>Beispielwelt laden</translation>
    </message>
    <message>
        <source>Waiting for the first prices…</source>
        <translation>Warten auf die ersten Preise…</translation>
    </message>
</context>
<context>
    <name>chrona::ui::OracleVenuesPane</name>
    <message>
        <source>Venues</source>
        <translation>Börsen</translation>
    </message>
    <message>
        <source>%1 of %2 heard</source>
        <translation>%1 von %2 zu hören</translation>
    </message>
</context>
<context>
    <name>chrona::ui::PagesView</name>
    <message>
        <source>The briefing as it prints</source>
        <translation>Das Briefing im Druckbild</translation>
    </message>
    <message>
        <source>new</source>
        <translation>neu</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>geändert</translation>
    </message>
</context>
<context>
    <name>chrona::ui::Pane</name>
    <message>
        <source>Loading…</source>
        <translation>Wird geladen…</translation>
    </message>
    <message>
        <source>Empty</source>
        <translation>Leer</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>Fehler</translation>
    </message>
</context>
<context>
    <name>chrona::ui::PartEvidence</name>
    <message>
        <source>A source says so; sure to %1 %</source>
        <translation>Laut einer Quelle; zu %1 % sicher</translation>
    </message>
    <message>
        <source>Follows from numbers; sure to %1 %</source>
        <translation>Folgt aus Zahlen; zu %1 % sicher</translation>
    </message>
    <message>
        <source>A conjecture; sure to %1 %</source>
        <translation>Eine Vermutung; zu %1 % sicher</translation>
    </message>
    <message>
        <source>Event</source>
        <translation>Ereignis</translation>
    </message>
    <message>
        <source>Entity</source>
        <translation>Entität</translation>
    </message>
    <message>
        <source>Series</source>
        <translation>Zeitreihe</translation>
    </message>
    <message>
        <source>Prices</source>
        <translation>Kurse</translation>
    </message>
    <message>
        <source>Feature</source>
        <translation>Merkmal</translation>
    </message>
    <message>
        <source>Signal</source>
        <translation>Signal</translation>
    </message>
    <message>
        <source>Story</source>
        <translation>Story</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <source>Boundary</source>
        <translation>Gebietsgrenze</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Notiz</translation>
    </message>
    <message>
        <source>%1 UTC</source>
        <translation>%1 UTC</translation>
    </message>
    <message>
        <source>time assumed</source>
        <translation>Zeit angenommen</translation>
    </message>
    <message>
        <source>of the language model %1, held against what was computed</source>
        <translation>des Sprachmodells %1, geprüft gegen das Berechnete</translation>
    </message>
</context>
<context>
    <name>chrona::ui::PinDelegate</name>
    <message>
        <source>synthetic</source>
        <translation>synthetisch</translation>
    </message>
    <message>
        <source>pinned %1</source>
        <translation>angeheftet %1</translation>
    </message>
</context>
<context>
    <name>chrona::ui::PinsPane</name>
    <message>
        <source>Pins</source>
        <translation>Pins</translation>
    </message>
    <message>
        <source>Unpin</source>
        <translation>Lösen</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Anzeigen</translation>
    </message>
    <message>
        <source>Cite in the open note</source>
        <translation>In der geöffneten Notiz zitieren</translation>
    </message>
    <message>
        <source>Speaks for the open hypothesis</source>
        <translation>Spricht für die geöffnete Hypothese</translation>
    </message>
    <message>
        <source>Speaks against the open hypothesis</source>
        <translation>Spricht gegen die geöffnete Hypothese</translation>
    </message>
    <message>
        <source>No investigation is open</source>
        <translation>Keine Untersuchung geöffnet</translation>
    </message>
    <message>
        <source>Begin one, or open one from the list.</source>
        <translation>Eine beginnen oder eine aus der Liste öffnen.</translation>
    </message>
    <message>
        <source>New investigation</source>
        <translation>Neue Untersuchung</translation>
    </message>
    <message>
        <source>Opening the investigation…</source>
        <translation>Untersuchung wird geöffnet…</translation>
    </message>
    <message>
        <source>Nothing is pinned yet</source>
        <translation>Noch nichts angeheftet</translation>
    </message>
    <message>
        <source>Choose an event in any view and press Ctrl+D, or pin the time window or the map view from the menu.</source>
        <translation>In einem beliebigen Bereich ein Ereignis wählen und Strg+D drücken, oder Zeitfenster oder Kartenausschnitt über das Menü anheften.</translation>
    </message>
    <message>
        <source>Alert me of what comes…</source>
        <translation>Bei Neuem alarmieren…</translation>
    </message>
    <message>
        <source>Caption and tags…</source>
        <translation>Überschrift und Schlagwörter …</translation>
    </message>
    <message>
        <source>Caption a pin</source>
        <translation>Angeheftetes überschreiben</translation>
    </message>
</context>
<context>
    <name>chrona::ui::ProviderHistoryModel</name>
    <message>
        <source>Rank %1 of %2; the best quarter begins at 75</source>
        <translation>Rang %1 von %2; das beste Viertel beginnt bei 75</translation>
    </message>
    <message>
        <source>%1 of %2 rounds revealed in time, %3 signed</source>
        <translation>%1 von %2 Runden rechtzeitig aufgedeckt, %3 signiert</translation>
    </message>
    <message>
        <source>Reward epoch</source>
        <translation>Belohnungsepoche</translation>
    </message>
    <message>
        <source>Revealed</source>
        <translation>Aufgedeckt</translation>
    </message>
    <message>
        <source>IQR</source>
        <translation>IQR</translation>
    </message>
    <message>
        <source>Band</source>
        <translation>Band</translation>
    </message>
    <message>
        <source>0.5 %</source>
        <translation>0,5 %</translation>
    </message>
    <message>
        <source>Percentile</source>
        <translation>Perzentil</translation>
    </message>
    <message>
        <source>Predicted</source>
        <translation>Erwartet</translation>
    </message>
    <message>
        <source>Claimed</source>
        <translation>Abgeholt</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Offen</translation>
    </message>
    <message>
        <source>Gas</source>
        <translation>Gas</translation>
    </message>
    <message>
        <source>Staking</source>
        <translation>Einsatz</translation>
    </message>
    <message>
        <source>FDC</source>
        <translation>FDC</translation>
    </message>
    <message>
        <source>Fast</source>
        <translation>Schnell</translation>
    </message>
    <message>
        <source>Passes</source>
        <translation>Pässe</translation>
    </message>
</context>
<context>
    <name>chrona::ui::ProviderPane</name>
    <message>
        <source>%1, submitted to</source>
        <translation>%1, eingereicht</translation>
    </message>
    <message>
        <source>%1, rehearsed</source>
        <translation>%1, geprobt</translation>
    </message>
    <message>
        <source>%1, watched</source>
        <translation>%1, beobachtet</translation>
    </message>
    <message>
        <source>not read yet</source>
        <translation>noch nicht gelesen</translation>
    </message>
    <message numerus="yes">
        <source>%n contract(s), as when they were first read</source>
        <translation>
            <numerusform>%n Vertrag, wie zuerst gelesen</numerusform>
            <numerusform>%n Verträge, wie zuerst gelesen</numerusform>
        </translation>
    </message>
    <message>
        <source>changed: %1</source>
        <translation>geändert: %1</translation>
    </message>
    <message numerus="yes">
        <source>%n of them follow(s) another chain</source>
        <translation>
            <numerusform>%n davon folgt einer anderen Kette</numerusform>
            <numerusform>%n davon folgen einer anderen Kette</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 of %2 answer well</source>
        <translation>%1 von %2 antworten gut</translation>
    </message>
    <message>
        <source>How it stands on chain</source>
        <translation>Stand auf der Kette</translation>
    </message>
    <message>
        <source>Reward epochs</source>
        <translation>Belohnungsepochen</translation>
    </message>
    <message>
        <source>No chain is followed</source>
        <translation>Keine Kette wird verfolgt</translation>
    </message>
    <message>
        <source>Registration, addresses, balances and reward epochs of a provider are told here: chronactl flare watch --identity ADDRESS.</source>
        <translation>Registrierung, Adressen, Guthaben und Belohnungsepochen eines Anbieters stehen hier: chronactl flare watch --identity ADRESSE.</translation>
    </message>
    <message>
        <source>registered now: %1</source>
        <translation>jetzt registriert: %1</translation>
    </message>
    <message>
        <source>next reward epoch: %1</source>
        <translation>nächste Belohnungsepoche: %1</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Netz</translation>
    </message>
    <message>
        <source>Identity</source>
        <translation>Identität</translation>
    </message>
    <message>
        <source>Indexer</source>
        <translation>Indexer</translation>
    </message>
    <message numerus="yes">
        <source>at block %1, %n behind</source>
        <translation>
            <numerusform>bei Block %1, %n zurück</numerusform>
            <numerusform>bei Block %1, %n zurück</numerusform>
        </translation>
    </message>
    <message>
        <source>Newest block</source>
        <translation>Neuester Block</translation>
    </message>
    <message>
        <source>Round</source>
        <translation>Runde</translation>
    </message>
    <message>
        <source>%1 of reward epoch %2</source>
        <translation>%1 der Belohnungsepoche %2</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Nächstes</translation>
    </message>
    <message>
        <source>%1 at %2</source>
        <translation>%1 um %2</translation>
    </message>
    <message>
        <source>Addresses</source>
        <translation>Adressen</translation>
    </message>
    <message>
        <source>What the network&apos;s registry names; a key is enrolled for some of them</source>
        <translation>Was das Register des Netzes nennt; für manche davon ist ein Schlüssel hinterlegt</translation>
    </message>
    <message>
        <source>Nodes</source>
        <translation>Knoten</translation>
    </message>
    <message numerus="yes">
        <source>%1, enough for some %n transaction(s)</source>
        <translation>
            <numerusform>%1, genug für etwa %n Transaktion</numerusform>
            <numerusform>%1, genug für etwa %n Transaktionen</numerusform>
        </translation>
    </message>
    <message>
        <source>%1; %2 of %3 must sign</source>
        <translation>%1; %2 von %3 müssen signieren</translation>
    </message>
    <message>
        <source>Balances</source>
        <translation>Guthaben</translation>
    </message>
    <message>
        <source>CSV</source>
        <translation>CSV</translation>
    </message>
    <message>
        <source>Save the reward epochs in money for a table program</source>
        <translation>Belohnungsepochen in Geld für ein Tabellenprogramm speichern</translation>
    </message>
    <message>
        <source>Save as CSV</source>
        <translation>Als CSV speichern</translation>
    </message>
    <message>
        <source>Save the reward epochs</source>
        <translation>Belohnungsepochen speichern</translation>
    </message>
    <message>
        <source>Tables (*.csv)</source>
        <translation>Tabellen (*.csv)</translation>
    </message>
    <message>
        <source>Written to %1</source>
        <translation>Geschrieben nach %1</translation>
    </message>
</context>
<context>
    <name>chrona::ui::QtPriceChart</name>
    <message>
        <source>Chart of %1</source>
        <translation>Kursverlauf von %1</translation>
    </message>
</context>
<context>
    <name>chrona::ui::RefusedColumnsModel</name>
    <message>
        <source>every target</source>
        <translation>jedes Ziel</translation>
    </message>
    <message>
        <source>Feature</source>
        <translation>Merkmal</translation>
    </message>
    <message>
        <source>Against</source>
        <translation>Ziel</translation>
    </message>
    <message>
        <source>Refused by</source>
        <translation>Abgelehnt durch</translation>
    </message>
    <message>
        <source>Measured</source>
        <translation>Gemessen</translation>
    </message>
    <message>
        <source>Asked for</source>
        <translation>Gefordert</translation>
    </message>
</context>
<context>
    <name>chrona::ui::RegionFeed</name>
    <message>
        <source>%1 to %2</source>
        <translation>%1 bis %2</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
</context>
<context>
    <name>chrona::ui::RelatedList</name>
    <message numerus="yes">
        <source>%n related event(s)</source>
        <translation>
            <numerusform>%n verwandtes Ereignis</numerusform>
            <numerusform>%n verwandte Ereignisse</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>chrona::ui::ResearchPanes</name>
    <message>
        <source>Search for signals now</source>
        <translation>Jetzt nach Signalen suchen</translation>
    </message>
    <message>
        <source>Signals</source>
        <translation>Signale</translation>
    </message>
    <message>
        <source>Briefing before this one</source>
        <translation>Vorheriges Briefing</translation>
    </message>
    <message>
        <source>Briefing</source>
        <translation>Briefing</translation>
    </message>
    <message>
        <source>Briefing after this one</source>
        <translation>Nächstes Briefing</translation>
    </message>
    <message>
        <source>Make this day&apos;s briefing</source>
        <translation>Briefing dieses Tages erstellen</translation>
    </message>
    <message>
        <source>Export the briefing as PDF, A4…</source>
        <translation>Briefing als PDF exportieren, A4…</translation>
    </message>
    <message>
        <source>Export the briefing as PDF, Letter…</source>
        <translation>Briefing als PDF exportieren, Letter…</translation>
    </message>
    <message>
        <source>Export the briefing as HTML…</source>
        <translation>Briefing als HTML exportieren…</translation>
    </message>
    <message>
        <source>Export the briefing as Markdown…</source>
        <translation>Briefing als Markdown exportieren…</translation>
    </message>
    <message>
        <source>Export the briefing as JSON…</source>
        <translation>Briefing als JSON exportieren…</translation>
    </message>
    <message>
        <source>Signal</source>
        <translation>Signal</translation>
    </message>
</context>
<context>
    <name>chrona::ui::RoundClock</name>
    <message>
        <source>Round clock</source>
        <translation>Rundenuhr</translation>
    </message>
    <message>
        <source>Epoch %1 ends in %2</source>
        <translation>Epoche %1 endet in %2</translation>
    </message>
    <message>
        <source>epoch %1 · %2 of %3 feeds sound</source>
        <translation>Epoche %1 · %2 von %3 Feeds verlässlich</translation>
    </message>
    <message>
        <source>Epoch %1, ended %2: %3 sound, %4 abstained</source>
        <translation>Epoche %1, beendet %2: %3 verlässlich, %4 enthalten</translation>
    </message>
</context>
<context>
    <name>chrona::ui::RoundClockPane</name>
    <message>
        <source>Mute</source>
        <translation>Stumm</translation>
    </message>
    <message>
        <source>Record alerts for an hour without announcing them</source>
        <translation>Alarme eine Stunde lang aufzeichnen, ohne sie zu melden</translation>
    </message>
    <message>
        <source>Mute alerts</source>
        <translation>Alarme stumm schalten</translation>
    </message>
    <message numerus="yes">
        <source>%n alert(s)</source>
        <translation>
            <numerusform>%n Alarm</numerusform>
            <numerusform>%n Alarme</numerusform>
        </translation>
    </message>
    <message>
        <source>no alerts</source>
        <translation>keine Alarme</translation>
    </message>
</context>
<context>
    <name>chrona::ui::RuleForm</name>
    <message>
        <source>words, type:, region:, severity&gt;=50 …</source>
        <translation>Wörter, type:, region:, severity&gt;=50 …</translation>
    </message>
    <message>
        <source>As in the filter over the events; all terms must hold.</source>
        <translation>Wie im Filter über den Ereignissen; alle Terme müssen zutreffen.</translation>
    </message>
    <message>
        <source>topic:trade, country:JP; empty: anything</source>
        <translation>topic:trade, country:JP; leer: alles</translation>
    </message>
    <message>
        <source>SPY, QQQ; empty: every target</source>
        <translation>SPY, QQQ; leer: jedes Ziel</translation>
    </message>
    <message>
        <source>Not asked for</source>
        <translation>Nicht verlangt</translation>
    </message>
    <message>
        <source>Exposure of your watchlists × severity × novelty × confidence.</source>
        <translation>Exponierung der eigenen Beobachtungslisten × Schwere × Neuheit × Sicherheit.</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Watches</source>
        <translation>Beobachtet</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>About</source>
        <translation>Über</translation>
    </message>
    <message>
        <source>Relevance from</source>
        <translation>Relevanz ab</translation>
    </message>
    <message>
        <source>Targets</source>
        <translation>Ziele</translation>
    </message>
    <message>
        <source>At least</source>
        <translation>Mindestens</translation>
    </message>
    <message>
        <source> min</source>
        <translation> min</translation>
    </message>
    <message>
        <source>At once</source>
        <translation>Sofort</translation>
    </message>
    <message>
        <source>What comes before is added to the alert in silence.</source>
        <translation>Was früher kommt, wird dem Alarm still hinzugefügt.</translation>
    </message>
    <message>
        <source>As in the settings</source>
        <translation>Wie in den Einstellungen</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>Nie</translation>
    </message>
    <message>
        <source>Own hours</source>
        <translation>Eigene Zeiten</translation>
    </message>
    <message>
        <source>Quiet from</source>
        <translation>Ruhe ab</translation>
    </message>
    <message>
        <source>Quiet until</source>
        <translation>Ruhe bis</translation>
    </message>
    <message>
        <source>until</source>
        <translation>bis</translation>
    </message>
    <message>
        <source>Urgency</source>
        <translation>Dringlichkeit</translation>
    </message>
    <message>
        <source>One alert for</source>
        <translation>Ein Alarm für</translation>
    </message>
    <message>
        <source>Speaks again after</source>
        <translation>Meldet sich wieder nach</translation>
    </message>
    <message>
        <source>Quiet</source>
        <translation>Ruhe</translation>
    </message>
    <message>
        <source>Quiet hours</source>
        <translation>Ruhezeit</translation>
    </message>
    <message>
        <source> σ</source>
        <translation> σ</translation>
    </message>
    <message>
        <source> (robust z)</source>
        <translation> (robustes z)</translation>
    </message>
    <message>
        <source> reports</source>
        <translation> Meldungen</translation>
    </message>
    <message>
        <source>Give the rule a name.</source>
        <translation>Die Regel braucht einen Namen.</translation>
    </message>
    <message>
        <source>Say how many times its usual day a target must move.</source>
        <translation>Wie viel größer als üblich muss die Bewegung des Ziels sein?</translation>
    </message>
    <message>
        <source>A rule cannot name so many regions or sources, nor those that lie in none.</source>
        <translation>So viele Regionen oder Quellen kann eine Regel nicht nennen, auch nicht, was in keiner Region liegt.</translation>
    </message>
</context>
<context>
    <name>chrona::ui::RulesDialog</name>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Try it</source>
        <translation>Ausprobieren</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Alert rules</source>
        <translation>Alarmregeln</translation>
    </message>
    <message>
        <source>Rules</source>
        <translation>Regeln</translation>
    </message>
    <message>
        <source>Counts what it would have told in the last days</source>
        <translation>Zählt, was sie in den letzten Tagen gemeldet hätte</translation>
    </message>
    <message>
        <source>New</source>
        <translation>Neu</translation>
    </message>
    <message>
        <source>Of the filter</source>
        <translation>Aus dem Filter</translation>
    </message>
    <message>
        <source>A rule for the events that are filtered now</source>
        <translation>Eine Regel für die gerade gefilterten Ereignisse</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Saved.</source>
        <translation>Gespeichert.</translation>
    </message>
    <message>
        <source>Counting…</source>
        <translation>Wird gezählt…</translation>
    </message>
    <message>
        <source>In the %1 days before the newest event: %2 crossings in %3 alerts.</source>
        <translation>In den %1 Tagen vor dem neuesten Ereignis: %2 Treffer in %3 Alarmen.</translation>
    </message>
    <message>
        <source>The last one: %1</source>
        <translation>Der letzte: %1</translation>
    </message>
    <message>
        <source>Removed. What it told stays in the list of alerts.</source>
        <translation>Entfernt. Was sie gemeldet hat, bleibt in der Liste der Alarme.</translation>
    </message>
    <message>
        <source>The rule takes more than the filter: so many regions or sources, and what lies in no region, cannot be named in it.</source>
        <translation>Die Regel nimmt mehr als der Filter: So viele Regionen oder Quellen, und was in keiner Region liegt, kann sie nicht nennen.</translation>
    </message>
</context>
<context>
    <name>chrona::ui::SavedFilters</name>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filter</translation>
    </message>
</context>
<context>
    <name>chrona::ui::SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Pages of settings</source>
        <translation>Seiten der Einstellungen</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>Fenster</translation>
    </message>
    <message>
        <source>Follow the system</source>
        <translation>Wie das System</translation>
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
        <source>Appearance</source>
        <translation>Erscheinungsbild</translation>
    </message>
    <message>
        <source>Contrast meets WCAG AA in both themes.</source>
        <translation>Der Kontrast genügt in beiden WCAG AA.</translation>
    </message>
    <message>
        <source>The system&apos;s</source>
        <translation>Die des Systems</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>From the next start of the window.</source>
        <translation>Ab dem nächsten Start des Fensters.</translation>
    </message>
    <message>
        <source>It was not taken: %1</source>
        <translation>Das wurde nicht übernommen: %1</translation>
    </message>
    <message>
        <source>Ask live sources</source>
        <translation>Live-Quellen abfragen</translation>
    </message>
    <message>
        <source>Off: nothing is fetched, and what is stored stays.</source>
        <translation>Aus: Nichts wird geholt, was gespeichert ist, bleibt.</translation>
    </message>
    <message>
        <source>Contact address</source>
        <translation>Kontaktadresse</translation>
    </message>
    <message>
        <source>Some sources want to know by e-mail address who asks.</source>
        <translation>Manche Quellen wollen per E-Mail-Adresse wissen, wer fragt.</translation>
    </message>
    <message>
        <source> days</source>
        <translation> Tage</translation>
    </message>
    <message>
        <source>Stories</source>
        <translation>Geschichten</translation>
    </message>
    <message>
        <source>Reports of so many days are kept grouped into stories.</source>
        <translation>Meldungen aus so vielen Tagen bleiben zu Geschichten gruppiert.</translation>
    </message>
    <message>
        <source> h</source>
        <translation> Uhr</translation>
    </message>
    <message>
        <source>Daily briefing at</source>
        <translation>Tagesbriefing um</translation>
    </message>
    <message>
        <source>In the time of this computer; made up for after sleep.</source>
        <translation>In der Zeit dieses Computers; nach dem Ruhezustand nachgeholt.</translation>
    </message>
    <message>
        <source>Words of a language model</source>
        <translation>Worte eines Sprachmodells</translation>
    </message>
    <message>
        <source>In English, held against what was computed, and marked.</source>
        <translation>Auf Englisch, gegen das Berechnete geprüft und gekennzeichnet.</translation>
    </message>
    <message>
        <source>Ollama</source>
        <translation>Ollama</translation>
    </message>
    <message>
        <source>Its address on this computer, http://127.0.0.1:11434; empty: none.</source>
        <translation>Seine Adresse auf diesem Rechner, http://127.0.0.1:11434; leer: keines.</translation>
    </message>
    <message>
        <source>Language model</source>
        <translation>Sprachmodell</translation>
    </message>
    <message>
        <source>Its name there; it also suggests topics. Empty: none.</source>
        <translation>Sein Name dort; es schlägt auch Themen vor. Leer: keines.</translation>
    </message>
    <message>
        <source>Quiet from</source>
        <translation>Ruhe ab</translation>
    </message>
    <message>
        <source>Alerts wait until the quiet hours are over.</source>
        <translation>Alarme warten, bis die Ruhezeit vorbei ist.</translation>
    </message>
    <message>
        <source>Quiet until</source>
        <translation>Ruhe bis</translation>
    </message>
    <message>
        <source>The same hour in both: never quiet.</source>
        <translation>Dieselbe Stunde in beiden: nie Ruhe.</translation>
    </message>
    <message>
        <source>Ask trading venues</source>
        <translation>Börsen abfragen</translation>
    </message>
    <message>
        <source>Off: the sample world&apos;s ticks are priced, where it is loaded.</source>
        <translation>Aus: Die Ticks der Beispielwelt werden bewertet, wo sie geladen ist.</translation>
    </message>
    <message>
        <source>Feeds</source>
        <translation>Feeds</translation>
    </message>
    <message>
        <source>Pairs with blanks between, at most 64.</source>
        <translation>Paare, mit Leerzeichen dazwischen, höchstens 64.</translation>
    </message>
    <message>
        <source>Venues</source>
        <translation>Börsen</translation>
    </message>
    <message>
        <source>Empty: all that there are.</source>
        <translation>Leer: alle, die es gibt.</translation>
    </message>
    <message>
        <source> bp</source>
        <translation> Bp.</translation>
    </message>
    <message>
        <source>Alert when a venue deviates by</source>
        <translation>Alarm, wenn eine Börse abweicht um</translation>
    </message>
    <message>
        <source>From the consensus, while it is left out.</source>
        <translation>Vom Konsens, solange sie ausgelassen ist.</translation>
    </message>
    <message>
        <source>Alert when venues disagree by</source>
        <translation>Alarm, wenn Börsen uneins sind um</translation>
    </message>
    <message>
        <source>Half the width of the confidence band.</source>
        <translation>Die halbe Breite des Vertrauensbands.</translation>
    </message>
    <message>
        <source>Alert at so few sound venues</source>
        <translation>Alarm bei so wenigen verlässlichen Börsen</translation>
    </message>
    <message>
        <source>Of one feed.</source>
        <translation>Je Feed.</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Netz</translation>
    </message>
    <message>
        <source>coston2, coston, songbird or flare.</source>
        <translation>coston2, coston, songbird oder flare.</translation>
    </message>
    <message>
        <source>Identity address</source>
        <translation>Identitätsadresse</translation>
    </message>
    <message>
        <source>Of the provider whose rounds are told. Keys stay in the signer.</source>
        <translation>Des Anbieters, dessen Runden gezeigt werden. Schlüssel bleiben beim Unterzeichner.</translation>
    </message>
    <message>
        <source>Nodes</source>
        <translation>Knoten</translation>
    </message>
    <message>
        <source>Addresses with blanks between; empty: the network&apos;s public one.</source>
        <translation>Adressen mit Leerzeichen dazwischen; leer: der öffentliche des Netzes.</translation>
    </message>
    <message>
        <source>Value provider</source>
        <translation>Wertegeber</translation>
    </message>
    <message>
        <source>Address of the one whose prices are submitted.</source>
        <translation>Adresse dessen, dessen Preise eingereicht werden.</translation>
    </message>
    <message>
        <source>Allow this machine</source>
        <translation>Diesen Computer erlauben</translation>
    </message>
    <message>
        <source>Nodes and value providers on this computer may be asked.</source>
        <translation>Knoten und Wertegeber auf diesem Computer dürfen gefragt werden.</translation>
    </message>
    <message>
        <source>Most that a transaction costs</source>
        <translation>Höchstkosten einer Transaktion</translation>
    </message>
    <message>
        <source>In thousandths of the network&apos;s coin.</source>
        <translation>In Tausendsteln der Münze des Netzes.</translation>
    </message>
    <message>
        <source>Background jobs at once</source>
        <translation>Hintergrundaufgaben zugleich</translation>
    </message>
    <message>
        <source>After the next start of the service.</source>
        <translation>Nach dem nächsten Start des Dienstes.</translation>
    </message>
    <message>
        <source> min</source>
        <translation> Min.</translation>
    </message>
    <message>
        <source>Upkeep every</source>
        <translation>Pflege alle</translation>
    </message>
    <message>
        <source>Partitions and retention.</source>
        <translation>Partitionen und Aufbewahrung.</translation>
    </message>
    <message>
        <source> MiB</source>
        <translation> MiB</translation>
    </message>
    <message>
        <source>Memory of the service</source>
        <translation>Speicher des Dienstes</translation>
    </message>
    <message>
        <source>Above it the service stops reading what clients send.</source>
        <translation>Darüber liest der Dienst nicht mehr, was Programme senden.</translation>
    </message>
    <message>
        <source> %</source>
        <translation> %</translation>
    </message>
    <message>
        <source>No imports below free</source>
        <translation>Keine Importe bei weniger frei als</translation>
    </message>
    <message>
        <source>Of the disk that holds the data.</source>
        <translation>Der Festplatte mit den Daten.</translation>
    </message>
    <message>
        <source>No enrichment below free</source>
        <translation>Keine Anreicherung bei weniger frei als</translation>
    </message>
    <message>
        <source>Nothing is fetched below free</source>
        <translation>Nichts wird geholt bei weniger frei als</translation>
    </message>
    <message>
        <source>Sources</source>
        <translation>Quellen</translation>
    </message>
    <message>
        <source>Briefings and alerts</source>
        <translation>Briefings und Alarme</translation>
    </message>
    <message>
        <source>Oracle</source>
        <translation>Orakel</translation>
    </message>
    <message>
        <source>Chain</source>
        <translation>Kette</translation>
    </message>
    <message>
        <source>Limits</source>
        <translation>Grenzen</translation>
    </message>
    <message>
        <source>Proxy</source>
        <translation>Proxy</translation>
    </message>
    <message>
        <source>For all that is asked on the network: http://host:port or socks5://host:port. Empty: none.</source>
        <translation>Für alles, was im Netz gefragt wird: http://host:port oder socks5://host:port. Leer: keiner.</translation>
    </message>
    <message>
        <source>Own certificates</source>
        <translation>Eigene Zertifikate</translation>
    </message>
    <message>
        <source>A file in PEM on this computer whose certificates are trusted beside the system&apos;s.</source>
        <translation>Eine PEM-Datei auf diesem Computer, deren Zertifikaten neben denen des Systems vertraut wird.</translation>
    </message>
    <message>
        <source> GiB</source>
        <translation> GiB</translation>
    </message>
    <message>
        <source>Most that the data take</source>
        <translation>Höchstgröße der Daten</translation>
    </message>
    <message>
        <source>Above it nothing more is fetched or imported; 0: the whole disk.</source>
        <translation>Darüber wird nichts mehr geholt oder importiert; 0: die ganze Platte.</translation>
    </message>
    <message>
        <source>Network and storage</source>
        <translation>Netz und Speicher</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Data folder</source>
        <translation>Datenordner</translation>
    </message>
    <message>
        <source>The service has not told it yet.</source>
        <translation>Der Dienst hat ihn noch nicht genannt.</translation>
    </message>
    <message>
        <source>Move…</source>
        <translation>Verschieben…</translation>
    </message>
    <message>
        <source>Move the data folder</source>
        <translation>Datenordner verschieben</translation>
    </message>
    <message>
        <source>The service stops, everything is moved, and Chrona starts again. What fails leaves all where it is.</source>
        <translation>Der Dienst hält an, alles wird verschoben, und Chrona startet neu. Misslingt etwas, bleibt alles, wo es ist.</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>Events in memory</source>
        <translation>Ereignisse im Speicher</translation>
    </message>
    <message>
        <source>The newest; older ones are read from the database. After the next start of the service.</source>
        <translation>Die neuesten; ältere werden aus der Datenbank gelesen. Nach dem nächsten Start des Dienstes.</translation>
    </message>
    <message>
        <source>Tiles kept here</source>
        <translation>Kacheln hier behalten</translation>
    </message>
    <message>
        <source>Of servers of map tiles; the least used go first.</source>
        <translation>Von Servern von Kartenkacheln; die am wenigsten genutzten gehen zuerst.</translation>
    </message>
    <message>
        <source>Tiles kept for</source>
        <translation>Kacheln behalten für</translation>
    </message>
    <message>
        <source>Older ones are asked for again.</source>
        <translation>Ältere werden neu erfragt.</translation>
    </message>
</context>
<context>
    <name>chrona::ui::SignalColumnsModel</name>
    <message>
        <source>Sessions from the feature to the return, and over how many it runs</source>
        <translation>Handelstage vom Merkmal bis zur Rendite und über wie viele diese läuft</translation>
    </message>
    <message>
        <source>Correlation; the bar is the inner half of its blocks</source>
        <translation>Korrelation; der Balken ist die mittlere Hälfte der Blöcke</translation>
    </message>
    <message>
        <source>False discovery rate at which it would be admitted</source>
        <translation>Falscherkennungsrate, ab der es zugelassen würde</translation>
    </message>
    <message>
        <source>Signs, spread, regimes and out of sample; 0 to 1</source>
        <translation>Vorzeichen, Streuung, Regime und Out-of-Sample; 0 bis 1</translation>
    </message>
    <message>
        <source>Whether the feature stands out now: attention, never belief</source>
        <translation>Ob das Merkmal jetzt auffällt: Hinweis, niemals Gewissheit</translation>
    </message>
    <message>
        <source>Pairs that were tried in the same search</source>
        <translation>In derselben Suche geprüfte Paare</translation>
    </message>
    <message>
        <source>Feature</source>
        <translation>Merkmal</translation>
    </message>
    <message>
        <source>Leads</source>
        <translation>Ziel</translation>
    </message>
    <message>
        <source>Lag</source>
        <translation>Verzug</translation>
    </message>
    <message>
        <source>Effect ± IQR</source>
        <translation>Effekt ± IQR</translation>
    </message>
    <message>
        <source>q</source>
        <translation>q</translation>
    </message>
    <message>
        <source>Stability</source>
        <translation>Stabilität</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>Jetzt</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>Family</source>
        <translation>Familie</translation>
    </message>
</context>
<context>
    <name>chrona::ui::SignalDelegate</name>
    <message>
        <source>%1 σ</source>
        <translation>%1 σ</translation>
    </message>
    <message>
        <source>%1 + %2 d</source>
        <translation>%1 + %2 d</translation>
    </message>
    <message>
        <source>%1 (synthetic)</source>
        <translation>%1 (synthetisch)</translation>
    </message>
    <message>
        <source>Correlation %1; inner half of its blocks %2 to %3; worst block %4</source>
        <translation>Korrelation %1; mittlere Hälfte der Blöcke %2 bis %3; schlechtester Block %4</translation>
    </message>
    <message>
        <source>Signs %1, spread %2, regimes %3, out of sample %4</source>
        <translation>Vorzeichen %1, Streuung %2, Regime %3, Out-of-Sample %4</translation>
    </message>
    <message>
        <source>Percentile %1 of its last year; elevated on %2 % of days</source>
        <translation>Perzentil %1 des letzten Jahres; erhöht an %2 % der Tage</translation>
    </message>
    <message>
        <source>new %1 σ</source>
        <translation>neu %1 σ</translation>
    </message>
    <message>
        <source>How far %1 moves, either way, beside what was expected the day before</source>
        <translation>Wie weit sich %1 bewegt, gleich wohin, neben dem am Vortag Erwarteten</translation>
    </message>
</context>
<context>
    <name>chrona::ui::SignalEvidencePane</name>
    <message>
        <source>Effect by regime</source>
        <translation>Effekt je Regime</translation>
    </message>
    <message>
        <source>Effect by block</source>
        <translation>Effekt je Block</translation>
    </message>
    <message>
        <source>Controls</source>
        <translation>Kontrollen</translation>
    </message>
    <message>
        <source>How it could be wrong</source>
        <translation>Mögliche Fehlerquellen</translation>
    </message>
    <message>
        <source>Episodes</source>
        <translation>Episoden</translation>
    </message>
    <message>
        <source>Evidence of the signal</source>
        <translation>Belege des Signals</translation>
    </message>
    <message>
        <source>Episodes: choose one, and every view goes there</source>
        <translation>Episoden: eine wählen, alle Bereiche springen dorthin</translation>
    </message>
    <message>
        <source>By regime</source>
        <translation>Je Regime</translation>
    </message>
    <message>
        <source>By block</source>
        <translation>Je Block</translation>
    </message>
    <message>
        <source>Controls it stood up to</source>
        <translation>Bestandene Kontrollen</translation>
    </message>
    <message>
        <source>Failure modes</source>
        <translation>Fehlermöglichkeiten</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>Export the evidence</source>
        <translation>Belege exportieren</translation>
    </message>
    <message>
        <source>Charts as PNG…</source>
        <translation>Diagramme als PNG…</translation>
    </message>
    <message>
        <source>Charts as SVG…</source>
        <translation>Diagramme als SVG…</translation>
    </message>
    <message>
        <source>Series as CSV…</source>
        <translation>Zeitreihen als CSV…</translation>
    </message>
    <message>
        <source>Episodes as CSV…</source>
        <translation>Episoden als CSV…</translation>
    </message>
    <message>
        <source>No signal chosen</source>
        <translation>Kein Signal gewählt</translation>
    </message>
    <message>
        <source>Choose one in the list; choose a second with Ctrl to compare them.</source>
        <translation>In der Liste eines wählen; ein zweites mit Strg wählen, um sie zu vergleichen.</translation>
    </message>
    <message>
        <source>two compared</source>
        <translation>zwei im Vergleich</translation>
    </message>
    <message>
        <source>Research, not advice. Synthetic data: none of it happened.</source>
        <translation>Recherche, keine Beratung. Synthetische Daten: nichts davon ist geschehen.</translation>
    </message>
    <message>
        <source>Research, not advice.</source>
        <translation>Recherche, keine Beratung.</translation>
    </message>
    <message>
        <source>PNG pictures (*.png)</source>
        <translation>PNG-Bilder (*.png)</translation>
    </message>
    <message>
        <source>SVG pictures (*.svg)</source>
        <translation>SVG-Bilder (*.svg)</translation>
    </message>
    <message>
        <source>CSV tables (*.csv)</source>
        <translation>CSV-Tabellen (*.csv)</translation>
    </message>
    <message>
        <source>That did not work</source>
        <translation>Das hat nicht funktioniert</translation>
    </message>
    <message>
        <source>%1 could not be written. Choose another folder.</source>
        <translation>%1 konnte nicht geschrieben werden. Anderen Ordner wählen.</translation>
    </message>
    <message>
        <source>Two signals compared</source>
        <translation>Zwei Signale im Vergleich</translation>
    </message>
    <message>
        <source>Effect by walk-forward fold</source>
        <translation>Effekt je Walk-Forward-Abschnitt</translation>
    </message>
    <message>
        <source>Out of sample, fold by fold</source>
        <translation>Außerhalb der Stichprobe, Abschnitt für Abschnitt</translation>
    </message>
    <message>
        <source>Blocks, regimes and folds as CSV…</source>
        <translation>Blöcke, Regime und Abschnitte als CSV…</translation>
    </message>
</context>
<context>
    <name>chrona::ui::SignalWords</name>
    <message>
        <source>Insufficient history</source>
        <translation>Zu kurze Historie</translation>
    </message>
    <message>
        <source>Too many missing days</source>
        <translation>Zu viele fehlende Tage</translation>
    </message>
    <message>
        <source>Constant</source>
        <translation>Konstant</translation>
    </message>
    <message>
        <source>Too few values</source>
        <translation>Zu wenige Werte</translation>
    </message>
    <message>
        <source>Too few episodes</source>
        <translation>Zu wenige Episoden</translation>
    </message>
    <message>
        <source>Values in too few blocks</source>
        <translation>Werte in zu wenigen Blöcken</translation>
    </message>
    <message>
        <source>Not significant</source>
        <translation>Nicht signifikant</translation>
    </message>
    <message>
        <source>Not significant with serial dependence</source>
        <translation>Nicht signifikant bei serieller Abhängigkeit</translation>
    </message>
    <message>
        <source>Rests on one day</source>
        <translation>Beruht auf einem Tag</translation>
    </message>
    <message>
        <source>Effective sample too small</source>
        <translation>Effektive Stichprobe zu klein</translation>
    </message>
    <message>
        <source>Views of the return disagree</source>
        <translation>Sichten auf die Rendite uneinheitlich</translation>
    </message>
    <message>
        <source>Too few days for the horizon</source>
        <translation>Zu wenige Tage für den Horizont</translation>
    </message>
    <message>
        <source>Gone without its strongest episodes</source>
        <translation>Ohne die stärksten Episoden verschwunden</translation>
    </message>
    <message>
        <source>Not rare under resampling</source>
        <translation>Im Resampling nicht selten</translation>
    </message>
    <message>
        <source>Volatility low</source>
        <translation>Volatilität niedrig</translation>
    </message>
    <message>
        <source>Volatility middle</source>
        <translation>Volatilität mittel</translation>
    </message>
    <message>
        <source>Volatility high</source>
        <translation>Volatilität hoch</translation>
    </message>
    <message>
        <source>Rates rising</source>
        <translation>Zinsen steigend</translation>
    </message>
    <message>
        <source>Rates falling</source>
        <translation>Zinsen fallend</translation>
    </message>
    <message>
        <source>January to June</source>
        <translation>Januar bis Juni</translation>
    </message>
    <message>
        <source>July to December</source>
        <translation>Juli bis Dezember</translation>
    </message>
    <message>
        <source>Decision days</source>
        <translation>Entscheidungstage</translation>
    </message>
    <message>
        <source>Values that differ</source>
        <translation>Verschiedene Werte</translation>
    </message>
    <message>
        <source>Episodes</source>
        <translation>Episoden</translation>
    </message>
    <message>
        <source>Days per horizon</source>
        <translation>Tage je Horizont</translation>
    </message>
    <message>
        <source>Independent days</source>
        <translation>Unabhängige Tage</translation>
    </message>
    <message>
        <source>Missing share</source>
        <translation>Fehlender Anteil</translation>
    </message>
    <message>
        <source>Largest day or episode</source>
        <translation>Größter Tag oder größte Episode</translation>
    </message>
    <message>
        <source>t without three episodes</source>
        <translation>t ohne drei Episoden</translation>
    </message>
    <message>
        <source>False discovery rate</source>
        <translation>Falscherkennungsrate</translation>
    </message>
    <message>
        <source>Rate under dependence</source>
        <translation>Rate bei Abhängigkeit</translation>
    </message>
    <message>
        <source>t, serial dependence</source>
        <translation>t, serielle Abhängigkeit</translation>
    </message>
    <message>
        <source>Bootstrap p</source>
        <translation>Bootstrap-p</translation>
    </message>
    <message>
        <source>Out of sample</source>
        <translation>Out-of-Sample</translation>
    </message>
    <message>
        <source>Trend and season out</source>
        <translation>Ohne Trend und Saison</translation>
    </message>
    <message>
        <source>Market taken out</source>
        <translation>Ohne Markteinfluss</translation>
    </message>
    <message>
        <source>Look-ahead probe</source>
        <translation>Vorgriffsprüfung</translation>
    </message>
    <message>
        <source>Revision probe</source>
        <translation>Revisionsprüfung</translation>
    </message>
    <message>
        <source>A shared trend</source>
        <translation>Ein gemeinsamer Trend</translation>
    </message>
    <message>
        <source>A shared season</source>
        <translation>Eine gemeinsame Saison</translation>
    </message>
    <message>
        <source>The market as a whole</source>
        <translation>Der Gesamtmarkt</translation>
    </message>
    <message>
        <source>Few episodes</source>
        <translation>Wenige Episoden</translation>
    </message>
    <message>
        <source>One regime only</source>
        <translation>Nur ein Regime</translation>
    </message>
    <message>
        <source>It decays</source>
        <translation>Es lässt nach</translation>
    </message>
    <message>
        <source>It lives on later revisions</source>
        <translation>Es lebt von späteren Revisionen</translation>
    </message>
    <message>
        <source>It lives on looking ahead</source>
        <translation>Es lebt vom Vorgriff</translation>
    </message>
    <message>
        <source>Availability is assumed</source>
        <translation>Verfügbarkeit ist angenommen</translation>
    </message>
    <message>
        <source>A thinly traded target</source>
        <translation>Ein wenig gehandeltes Ziel</translation>
    </message>
    <message>
        <source>Active</source>
        <translation>Aktiv</translation>
    </message>
    <message>
        <source>Fading</source>
        <translation>Nachlassend</translation>
    </message>
    <message>
        <source>Gone</source>
        <translation>Verschwunden</translation>
    </message>
    <message>
        <source>whole return</source>
        <translation>gesamte Rendite</translation>
    </message>
    <message>
        <source>own part of the return</source>
        <translation>eigener Teil der Rendite</translation>
    </message>
    <message>
        <source>shared part of the return</source>
        <translation>gemeinsamer Teil der Rendite</translation>
    </message>
    <message>
        <source>1 session</source>
        <translation>1 Handelstag</translation>
    </message>
    <message>
        <source>%1 sessions</source>
        <translation>%1 Handelstage</translation>
    </message>
    <message>
        <source>%1 volatility</source>
        <translation>%1-Volatilität</translation>
    </message>
    <message>
        <source>%1 → %2</source>
        <translation>%1 → %2</translation>
    </message>
</context>
<context>
    <name>chrona::ui::SignalsPane</name>
    <message>
        <source>Signals</source>
        <translation>Signale</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>Abgelehnt</translation>
    </message>
    <message>
        <source>Signals or what was refused</source>
        <translation>Signale oder Abgelehntes</translation>
    </message>
    <message>
        <source>Feature or target</source>
        <translation>Merkmal oder Ziel</translation>
    </message>
    <message>
        <source>Search signals</source>
        <translation>Signale durchsuchen</translation>
    </message>
    <message>
        <source>Elevated now</source>
        <translation>Jetzt erhöht</translation>
    </message>
    <message>
        <source>Only signals whose feature stands out now</source>
        <translation>Nur Signale, deren Merkmal jetzt auffällt</translation>
    </message>
    <message>
        <source>Rule that refused</source>
        <translation>Ablehnende Regel</translation>
    </message>
    <message>
        <source>Signals, best first</source>
        <translation>Signale, beste zuerst</translation>
    </message>
    <message>
        <source>What was refused</source>
        <translation>Abgelehntes</translation>
    </message>
    <message>
        <source>Every rule, %1</source>
        <translation>Alle Regeln, %1</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>Search again now, as a background job</source>
        <translation>Jetzt erneut suchen, als Hintergrundauftrag</translation>
    </message>
    <message>
        <source>Signals %1</source>
        <translation>Signale %1</translation>
    </message>
    <message>
        <source>Refused %1</source>
        <translation>Abgelehnt %1</translation>
    </message>
    <message>
        <source>%1 · %2 elevated · data until %3</source>
        <translation>%1 · %2 erhöht · Daten bis %3</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Loading signals…</source>
        <translation>Signale werden geladen…</translation>
    </message>
    <message>
        <source>Search again</source>
        <translation>Erneut suchen</translation>
    </message>
    <message>
        <source>Nothing was searched yet</source>
        <translation>Noch nicht gesucht</translation>
    </message>
    <message>
        <source>A search tests every feature against every target at every lag, and keeps what survives. It runs daily, or now.</source>
        <translation>Eine Suche prüft jedes Merkmal gegen jedes Ziel bei jedem Verzug und behält, was besteht. Sie läuft täglich oder jetzt.</translation>
    </message>
    <message>
        <source>Search now</source>
        <translation>Jetzt suchen</translation>
    </message>
    <message>
        <source>Nothing survived</source>
        <translation>Nichts hat bestanden</translation>
    </message>
    <message>
        <source>%1 pairs of a feature and a target were tested, and a rule refused each.</source>
        <translation>%1 Paare aus Merkmal und Ziel wurden geprüft; jedes wurde von einer Regel abgelehnt.</translation>
    </message>
    <message>
        <source>Loading what was refused…</source>
        <translation>Abgelehntes wird geladen…</translation>
    </message>
    <message>
        <source>Features…</source>
        <translation>Merkmale…</translation>
    </message>
    <message>
        <source>The rules by which features are computed, and your own</source>
        <translation>Die Regeln, nach denen Merkmale berechnet werden, und eigene</translation>
    </message>
</context>
<context>
    <name>chrona::ui::SourceColumnsModel</name>
    <message>
        <source>Source</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>Age</source>
        <translation>Alter</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Nächste</translation>
    </message>
    <message>
        <source>Items</source>
        <translation>Einträge</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Lizenz</translation>
    </message>
    <message>
        <source>Kept</source>
        <translation>Umfang</translation>
    </message>
</context>
<context>
    <name>chrona::ui::SourceDelegate</name>
    <message>
        <source>due</source>
        <translation>fällig</translation>
    </message>
</context>
<context>
    <name>chrona::ui::SourcesPane</name>
    <message>
        <source>kept for good</source>
        <translation>dauerhaft</translation>
    </message>
    <message>
        <source>kept for 2 years</source>
        <translation>2 Jahre</translation>
    </message>
    <message>
        <source>kept for 90 days</source>
        <translation>90 Tage</translation>
    </message>
    <message>
        <source>kept for 30 days</source>
        <translation>30 Tage</translation>
    </message>
    <message>
        <source>kept for 24 hours</source>
        <translation>24 Stunden</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Lizenz</translation>
    </message>
    <message>
        <source>Attribution</source>
        <translation>Quellenvermerk</translation>
    </message>
    <message>
        <source>Terms</source>
        <translation>Bedingungen</translation>
    </message>
    <message>
        <source>Read on %1</source>
        <translation>Gelesen am %1</translation>
    </message>
    <message>
        <source>Retention</source>
        <translation>Aufbewahrung</translation>
    </message>
    <message>
        <source>Asked every</source>
        <translation>Abfrage alle</translation>
    </message>
    <message>
        <source>robots.txt</source>
        <translation>robots.txt</translation>
    </message>
    <message>
        <source>Its host&apos;s wishes are kept</source>
        <translation>Die Wünsche des Hosts werden beachtet</translation>
    </message>
    <message>
        <source>Limit</source>
        <translation>Limit</translation>
    </message>
    <message>
        <source>%1 of %2 requests used today</source>
        <translation>%1 von %2 Anfragen heute verbraucht</translation>
    </message>
    <message>
        <source>Run now</source>
        <translation>Jetzt abrufen</translation>
    </message>
    <message>
        <source>Sources</source>
        <translation>Quellen</translation>
    </message>
    <message>
        <source>Terms of the source</source>
        <translation>Bedingungen der Quelle</translation>
    </message>
    <message>
        <source>No sources yet</source>
        <translation>Noch keine Quellen</translation>
    </message>
    <message>
        <source>The sample world brings its own.</source>
        <translation>Die Beispielwelt bringt eigene mit.</translation>
    </message>
    <message>
        <source>Load the sample world</source>
        <translation>Beispielwelt laden</translation>
    </message>
    <message>
        <source>Waiting for the service…</source>
        <translation>Warten auf den Dienst…</translation>
    </message>
    <message>
        <source>Switch off</source>
        <translation>Ausschalten</translation>
    </message>
    <message>
        <source>Imported data: there is nothing to fetch</source>
        <translation>Importierte Daten: nichts abzurufen</translation>
    </message>
    <message>
        <source>Switch on</source>
        <translation>Einschalten</translation>
    </message>
    <message>
        <source>synthetic</source>
        <translation>synthetisch</translation>
    </message>
    <message>
        <source>Made up for the sample world</source>
        <translation>Für die Beispielwelt erfunden</translation>
    </message>
    <message>
        <source>Last error: %1</source>
        <translation>Letzter Fehler: %1</translation>
    </message>
    <message>
        <source>allowed when the source is named</source>
        <translation>erlaubt, wenn die Quelle genannt wird</translation>
    </message>
    <message>
        <source>allowed</source>
        <translation>erlaubt</translation>
    </message>
    <message>
        <source>not allowed by its terms: left out of exports and briefings</source>
        <translation>nach seinen Bedingungen nicht erlaubt: fehlt in Exporten und Briefings</translation>
    </message>
    <message>
        <source>fetched with your own key: it never leaves this computer</source>
        <translation>mit Ihrem eigenen Schlüssel geholt: verlässt nie diesen Computer</translation>
    </message>
    <message>
        <source>its terms are not known: left out of exports and briefings</source>
        <translation>Bedingungen unbekannt: fehlt in Exporten und Briefings</translation>
    </message>
    <message>
        <source>Own feed</source>
        <translation>Eigener Feed</translation>
    </message>
    <message>
        <source>Passing on</source>
        <translation>Weitergabe</translation>
    </message>
    <message>
        <source>Add a feed…</source>
        <translation>Feed hinzufügen…</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>It takes your own key: enter it in a terminal with chronactl key add %1</source>
        <translation>Er braucht Ihren eigenen Schlüssel: Geben Sie ihn im Terminal ein mit chronactl key add %1</translation>
    </message>
</context>
<context>
    <name>chrona::ui::StatusBar</name>
    <message>
        <source>research, not advice</source>
        <translation>Recherche, keine Beratung</translation>
    </message>
    <message>
        <source>Time zone</source>
        <translation>Zeitzone</translation>
    </message>
    <message>
        <source>All times are UTC; click for local time</source>
        <translation>Alle Zeiten in UTC; Klick wechselt zu Ortszeit</translation>
    </message>
    <message>
        <source>All times are local; click for UTC</source>
        <translation>Alle Zeiten in Ortszeit; Klick wechselt zu UTC</translation>
    </message>
    <message>
        <source>service starting</source>
        <translation>Dienst startet</translation>
    </message>
    <message>
        <source>connecting</source>
        <translation>verbindet</translation>
    </message>
    <message>
        <source>loading events</source>
        <translation>Ereignisse werden geladen</translation>
    </message>
    <message>
        <source>Connected; events are on their way</source>
        <translation>Verbunden; Ereignisse sind unterwegs</translation>
    </message>
    <message>
        <source>service ready</source>
        <translation>Dienst bereit</translation>
    </message>
    <message>
        <source>Version %1, process %2, data in %3</source>
        <translation>Version %1, Prozess %2, Daten in %3</translation>
    </message>
    <message>
        <source>service lost, reconnecting</source>
        <translation>Dienst getrennt, verbindet neu</translation>
    </message>
    <message>
        <source>PostgreSQL %1</source>
        <translation>PostgreSQL %1</translation>
    </message>
    <message>
        <source>database starting</source>
        <translation>Datenbank startet</translation>
    </message>
    <message>
        <source>database %1</source>
        <translation>Datenbank %1</translation>
    </message>
    <message>
        <source>database failing</source>
        <translation>Datenbank gestört</translation>
    </message>
    <message>
        <source>database stopped</source>
        <translation>Datenbank angehalten</translation>
    </message>
    <message>
        <source>newest event %1</source>
        <translation>neuestes Ereignis %1</translation>
    </message>
    <message>
        <source>%1 events</source>
        <translation>%1 Ereignisse</translation>
    </message>
    <message>
        <source>%1 %2, %3</source>
        <translation>%1 %2, %3</translation>
    </message>
    <message>
        <source>%1 events since %2</source>
        <translation>%1 Ereignisse seit %2</translation>
    </message>
    <message>
        <source>All views show the newest events. Older ones, %1, are in the database: the table of events can show all of it.</source>
        <translation>Alle Ansichten zeigen die neuesten Ereignisse. Ältere, %1, liegen in der Datenbank: die Ereignistabelle kann sie ganz zeigen.</translation>
    </message>
</context>
<context>
    <name>chrona::ui::StoredView</name>
    <message>
        <source>about %1 million</source>
        <translation>etwa %1 Millionen</translation>
    </message>
    <message>
        <source>about %1</source>
        <translation>etwa %1</translation>
    </message>
    <message>
        <source>Events of the whole database</source>
        <translation>Ereignisse der ganzen Datenbank</translation>
    </message>
    <message>
        <source>%1 in the database</source>
        <translation>%1 in der Datenbank</translation>
    </message>
    <message>
        <source>the first %1 of %2 in the database: narrow the time window for the others</source>
        <translation>die ersten %1 von %2 in der Datenbank: für die anderen das Zeitfenster verengen</translation>
    </message>
    <message>
        <source>more</source>
        <translation>mehr</translation>
    </message>
    <message>
        <source>%1 read of %2 in the database</source>
        <translation>%1 von %2 in der Datenbank gelesen</translation>
    </message>
    <message>
        <source>%1 read so far</source>
        <translation>bisher %1 gelesen</translation>
    </message>
    <message>
        <source>%1 read, then the database failed</source>
        <translation>%1 gelesen, dann versagte die Datenbank</translation>
    </message>
    <message>
        <source>%1 · changed since %2: read it again</source>
        <translation>%1 · seit %2 geändert: neu lesen</translation>
    </message>
    <message>
        <source>The whole database is read by time, the loaded events in any order.</source>
        <translation>Die ganze Datenbank wird nach Zeit gelesen, die geladenen Ereignisse in beliebiger Ordnung.</translation>
    </message>
    <message>
        <source>%1 · as it stood at %2</source>
        <translation>%1 · wie sie um %2 stand</translation>
    </message>
</context>
<context>
    <name>chrona::ui::TilesEditor</name>
    <message>
        <source>None</source>
        <translation>Keine</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Choose a file…</source>
        <translation>Datei wählen…</translation>
    </message>
    <message>
        <source>Server of tiles</source>
        <translation>Kachelserver</translation>
    </message>
    <message>
        <source>Add a server…</source>
        <translation>Server hinzufügen…</translation>
    </message>
    <message>
        <source>Takes this server out, with the tiles of it that were kept</source>
        <translation>Nimmt diesen Server heraus, mit seinen aufbewahrten Kacheln</translation>
    </message>
    <message>
        <source>Tiles for the map</source>
        <translation>Kacheln für die Karte</translation>
    </message>
    <message>
        <source>PMTiles archives (*.pmtiles);;All files (*)</source>
        <translation>PMTiles-Archive (*.pmtiles);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>No server</source>
        <translation>Kein Server</translation>
    </message>
    <message>
        <source>%1. Kept on this machine: %2.</source>
        <translation>%1. Auf diesem Rechner aufbewahrt: %2.</translation>
    </message>
    <message>
        <source>Pictures or vector tiles under the events: a PMTiles archive, or a server of them.</source>
        <translation>Bilder oder Vektorkacheln unter den Ereignissen: ein PMTiles-Archiv oder ein Server.</translation>
    </message>
</context>
<context>
    <name>chrona::ui::TimeText</name>
    <message>
        <source>now</source>
        <translation>jetzt</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>%1 m</source>
        <translation>%1 min</translation>
    </message>
    <message>
        <source>%1 h</source>
        <translation>%1 h</translation>
    </message>
    <message>
        <source>%1 d</source>
        <translation>%1 d</translation>
    </message>
    <message>
        <source>%1 y</source>
        <translation>%1 J</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>%1 k</source>
        <translation>%1 k</translation>
    </message>
    <message>
        <source>%1 M</source>
        <translation>%1 Mio.</translation>
    </message>
    <message>
        <source>%1 ago</source>
        <translation>vor %1</translation>
    </message>
    <message>
        <source>just now</source>
        <translation>gerade eben</translation>
    </message>
    <message>
        <source>in %1</source>
        <translation>in %1</translation>
    </message>
</context>
<context>
    <name>chrona::ui::TimelinePane</name>
    <message>
        <source>World time for one second of playback</source>
        <translation>Weltzeit je Sekunde Wiedergabe</translation>
    </message>
    <message>
        <source>%1 per second</source>
        <translation>%1 pro Sekunde</translation>
    </message>
    <message>
        <source>Play (Space)</source>
        <translation>Abspielen (Leertaste)</translation>
    </message>
    <message>
        <source>Zoom to the window; again for everything</source>
        <translation>Auf das Fenster zoomen; erneut für alles</translation>
    </message>
    <message>
        <source>24 h</source>
        <translation>24 h</translation>
    </message>
    <message>
        <source>7 d</source>
        <translation>7 d</translation>
    </message>
    <message>
        <source>30 d</source>
        <translation>30 d</translation>
    </message>
    <message>
        <source>90 d</source>
        <translation>90 d</translation>
    </message>
    <message>
        <source>1 y</source>
        <translation>1 J</translation>
    </message>
    <message>
        <source>all</source>
        <translation>alles</translation>
    </message>
    <message>
        <source>The last %1 of data</source>
        <translation>Letzte %1 der Daten</translation>
    </message>
    <message>
        <source>All data, no time window</source>
        <translation>Alle Daten, kein Zeitfenster</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Abspielen</translation>
    </message>
    <message>
        <source>%1/s</source>
        <translation>%1/s</translation>
    </message>
    <message>
        <source>No events yet</source>
        <translation>Noch keine Ereignisse</translation>
    </message>
    <message>
        <source>Waiting for events…</source>
        <translation>Warten auf Ereignisse…</translation>
    </message>
    <message>
        <source>What is shown beside the events</source>
        <translation>Was neben den Ereignissen gezeigt wird</translation>
    </message>
    <message>
        <source>Marks</source>
        <translation>Marken</translation>
    </message>
    <message>
        <source>Releases and rate decisions</source>
        <translation>Veröffentlichungen und Zinsentscheide</translation>
    </message>
    <message>
        <source>Briefings</source>
        <translation>Briefings</translation>
    </message>
    <message>
        <source>Episodes of the chosen signal</source>
        <translation>Episoden des gewählten Signals</translation>
    </message>
    <message>
        <source>Price of the chosen instrument</source>
        <translation>Kurs des gewählten Instruments</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1 was elevated</source>
        <translation>%1 war erhöht</translation>
    </message>
    <message>
        <source>%1: a release or decision</source>
        <translation>%1: eine Veröffentlichung oder ein Entscheid</translation>
    </message>
    <message>
        <source>Keep this window to compare others with it; again to let it go</source>
        <translation>Dieses Fenster behalten, um andere damit zu vergleichen; noch einmal lässt es los</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Vergleichen</translation>
    </message>
    <message>
        <source>The window slides</source>
        <translation>Das Fenster gleitet</translation>
    </message>
    <message>
        <source>The window grows from its beginning</source>
        <translation>Das Fenster wächst von seinem Anfang</translation>
    </message>
    <message>
        <source>One histogram, or a lane for each kind</source>
        <translation>Ein Histogramm, oder eine Spur für jede Art</translation>
    </message>
    <message>
        <source>Lanes</source>
        <translation>Spuren</translation>
    </message>
    <message>
        <source>All in one, stacked</source>
        <translation>Alle in einem, gestapelt</translation>
    </message>
    <message>
        <source>By category</source>
        <translation>Nach Kategorie</translation>
    </message>
    <message>
        <source>By type</source>
        <translation>Nach Typ</translation>
    </message>
    <message>
        <source>By country</source>
        <translation>Nach Land</translation>
    </message>
    <message>
        <source>By source</source>
        <translation>Nach Quelle</translation>
    </message>
    <message>
        <source>Values of its feature</source>
        <translation>Werte seines Merkmals</translation>
    </message>
    <message>
        <source>Lanes of the timeline</source>
        <translation>Spuren der Zeitleiste</translation>
    </message>
    <message>
        <source>Compared with the kept window; again to let it go</source>
        <translation>Verglichen mit dem behaltenen Fenster; noch einmal, um es loszulassen</translation>
    </message>
    <message>
        <source>By entity: chosen in the graph, pinned, or the most named</source>
        <translation>Nach Entität: im Graphen gewählt, angeheftet oder am meisten genannt</translation>
    </message>
    <message>
        <source>Pins of the investigation</source>
        <translation>Angeheftetes der Untersuchung</translation>
    </message>
    <message>
        <source>Own work on it</source>
        <translation>Eigene Arbeit daran</translation>
    </message>
    <message>
        <source>The brush snaps to sessions of New York (Alt: the other way)</source>
        <translation>Auswahl rastet an Handelszeiten von New York ein (Alt: umgekehrt)</translation>
    </message>
</context>
<context>
    <name>chrona::ui::TimelineView</name>
    <message>
        <source>%1 – %2 · %3 · %4 events</source>
        <translation>%1 – %2 · %3 · %4 Ereignisse</translation>
    </message>
    <message>
        <source>now</source>
        <translation>jetzt</translation>
    </message>
    <message>
        <source>max %1 events per %2</source>
        <translation>max. %1 Ereignisse pro %2</translation>
    </message>
    <message>
        <source>%1 %2, %3</source>
        <translation>%1 %2, %3</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>Zeitleiste</translation>
    </message>
    <message>
        <source>%1 events from %2 to %3 %4</source>
        <translation>%1 Ereignisse von %2 bis %3 %4</translation>
    </message>
    <message>
        <source>%1, %2 marks</source>
        <translation>%1, %2 Marken</translation>
    </message>
    <message>
        <source>%1 a day, none in the window compared</source>
        <translation>%1 am Tag, keine im verglichenen Fenster</translation>
    </message>
    <message>
        <source>%1 a day, %2 in the window compared: × %3</source>
        <translation>%1 am Tag, %2 im verglichenen Fenster: × %3</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>each lane on its own scale, at most %1 per %2</source>
        <translation>jede Spur in eigenem Maßstab, höchstens %1 je %2</translation>
    </message>
    <message>
        <source>now, %1 later ›</source>
        <translation>jetzt, %1 später ›</translation>
    </message>
    <message>
        <source>%1: %2 a day, %3 in the window compared</source>
        <translation>%1: %2 am Tag, %3 im verglichenen Fenster</translation>
    </message>
    <message>
        <source>%1  %2 on %3</source>
        <translation>%1  %2 am %3</translation>
    </message>
</context>
<context>
    <name>chrona::ui::TitledPlot</name>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
</context>
<context>
    <name>chrona::ui::TopBar</name>
    <message>
        <source>Main menu</source>
        <translation>Hauptmenü</translation>
    </message>
    <message>
        <source>Main menu (F10)</source>
        <translation>Hauptmenü (F10)</translation>
    </message>
    <message>
        <source>Search commands, entities and places</source>
        <translation>Befehle, Entitäten und Orte suchen</translation>
    </message>
    <message>
        <source>as of %1 %2</source>
        <translation>Stand %1 %2</translation>
    </message>
    <message>
        <source>as of now</source>
        <translation>Stand jetzt</translation>
    </message>
    <message>
        <source>Only what was known at this moment is shown</source>
        <translation>Gezeigt wird nur, was zu diesem Zeitpunkt bekannt war</translation>
    </message>
    <message>
        <source>Show the world as it was known at a moment</source>
        <translation>Die Welt nach dem Wissensstand eines Zeitpunkts zeigen</translation>
    </message>
    <message>
        <source>live</source>
        <translation>live</translation>
    </message>
    <message>
        <source>Connected; new events arrive as they come</source>
        <translation>Verbunden; neue Ereignisse treffen laufend ein</translation>
    </message>
    <message>
        <source>connecting</source>
        <translation>verbindet</translation>
    </message>
    <message>
        <source>Waiting for the service</source>
        <translation>Warten auf den Dienst</translation>
    </message>
    <message>
        <source>offline</source>
        <translation>offline</translation>
    </message>
    <message>
        <source>The service is gone; what is shown is what came before</source>
        <translation>Verbindung zum Dienst verloren; gezeigt wird, was vorher eintraf</translation>
    </message>
    <message>
        <source>replay</source>
        <translation>Rückblick</translation>
    </message>
    <message>
        <source>The world as it was known at a moment</source>
        <translation>Die Welt nach dem Wissensstand eines Zeitpunkts</translation>
    </message>
    <message>
        <source>  Search…   %1</source>
        <translation>  Suchen…   %1</translation>
    </message>
</context>
<context>
    <name>chrona::ui::Topics</name>
    <message>
        <source>No topic</source>
        <translation>Kein Thema</translation>
    </message>
    <message>
        <source>Inflation</source>
        <translation>Inflation</translation>
    </message>
    <message>
        <source>Employment</source>
        <translation>Arbeitsmarkt</translation>
    </message>
    <message>
        <source>Growth</source>
        <translation>Wachstum</translation>
    </message>
    <message>
        <source>Budgets and debt</source>
        <translation>Haushalte und Schulden</translation>
    </message>
    <message>
        <source>Trade</source>
        <translation>Handel</translation>
    </message>
    <message>
        <source>Sanctions</source>
        <translation>Sanktionen</translation>
    </message>
    <message>
        <source>Conflict</source>
        <translation>Konflikt</translation>
    </message>
    <message>
        <source>Diplomacy</source>
        <translation>Diplomatie</translation>
    </message>
    <message>
        <source>Politics</source>
        <translation>Politik</translation>
    </message>
    <message>
        <source>Energy</source>
        <translation>Energie</translation>
    </message>
    <message>
        <source>Disasters and weather</source>
        <translation>Katastrophen und Wetter</translation>
    </message>
    <message>
        <source>Health</source>
        <translation>Gesundheit</translation>
    </message>
    <message>
        <source>Technology and science</source>
        <translation>Technik und Wissenschaft</translation>
    </message>
    <message>
        <source>Companies</source>
        <translation>Unternehmen</translation>
    </message>
    <message>
        <source>Markets</source>
        <translation>Märkte</translation>
    </message>
    <message>
        <source>Agriculture</source>
        <translation>Landwirtschaft</translation>
    </message>
    <message>
        <source>Courts</source>
        <translation>Gerichte</translation>
    </message>
    <message>
        <source>Disasters</source>
        <translation>Katastrophen</translation>
    </message>
    <message>
        <source>Earthquakes</source>
        <translation>Erdbeben</translation>
    </message>
    <message>
        <source>Elections</source>
        <translation>Wahlen</translation>
    </message>
    <message>
        <source>Energy supply</source>
        <translation>Energieversorgung</translation>
    </message>
    <message>
        <source>Epidemics</source>
        <translation>Seuchen</translation>
    </message>
    <message>
        <source>Filings</source>
        <translation>Meldungen an die Aufsicht</translation>
    </message>
    <message>
        <source>Financial stability</source>
        <translation>Finanzstabilität</translation>
    </message>
    <message>
        <source>Fiscal policy</source>
        <translation>Fiskalpolitik</translation>
    </message>
    <message>
        <source>Floods</source>
        <translation>Überschwemmungen</translation>
    </message>
    <message>
        <source>Geopolitics</source>
        <translation>Geopolitik</translation>
    </message>
    <message>
        <source>Government</source>
        <translation>Regierung</translation>
    </message>
    <message>
        <source>Housing</source>
        <translation>Wohnungsmarkt</translation>
    </message>
    <message>
        <source>Legislation</source>
        <translation>Gesetzgebung</translation>
    </message>
    <message>
        <source>Monetary policy</source>
        <translation>Geldpolitik</translation>
    </message>
    <message>
        <source>Power grid</source>
        <translation>Stromnetz</translation>
    </message>
    <message>
        <source>Protests</source>
        <translation>Proteste</translation>
    </message>
    <message>
        <source>Public health</source>
        <translation>Gesundheitswesen</translation>
    </message>
    <message>
        <source>Appetite for risk</source>
        <translation>Risikobereitschaft</translation>
    </message>
    <message>
        <source>Science</source>
        <translation>Wissenschaft</translation>
    </message>
    <message>
        <source>Severe weather</source>
        <translation>Unwetter</translation>
    </message>
    <message>
        <source>Shipping</source>
        <translation>Schifffahrt</translation>
    </message>
    <message>
        <source>Terrorism</source>
        <translation>Terrorismus</translation>
    </message>
    <message>
        <source>Trade policy</source>
        <translation>Handelspolitik</translation>
    </message>
    <message>
        <source>Transport</source>
        <translation>Verkehr</translation>
    </message>
    <message>
        <source>Tropical cyclones</source>
        <translation>Tropische Wirbelstürme</translation>
    </message>
    <message>
        <source>Volcanoes</source>
        <translation>Vulkane</translation>
    </message>
    <message>
        <source>Wildfires</source>
        <translation>Waldbrände</translation>
    </message>
</context>
<context>
    <name>chrona::ui::Tray</name>
    <message>
        <source>Open Chrona</source>
        <translation>Chrona öffnen</translation>
    </message>
    <message>
        <source>Quit and stop the service</source>
        <translation>Beenden und Dienst anhalten</translation>
    </message>
    <message>
        <source>%1 events, live</source>
        <translation>%1 Ereignisse, live</translation>
    </message>
    <message>
        <source>Service lost, reconnecting</source>
        <translation>Dienst getrennt, verbindet neu</translation>
    </message>
    <message>
        <source>Service starting</source>
        <translation>Dienst startet</translation>
    </message>
    <message>
        <source>Mute oracle alerts for an hour</source>
        <translation>Orakel-Alarme eine Stunde lang stumm schalten</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>und %n weiterer</numerusform>
            <numerusform>und %n weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>Oracle</source>
        <translation>Orakel</translation>
    </message>
    <message>
        <source>Oracle: %1 of %2 feeds sound, epoch ends in %3 s</source>
        <translation>Orakel: %1 von %2 Feeds verlässlich, Epoche endet in %3 s</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Alert</source>
        <translation>Alarm</translation>
    </message>
    <message numerus="yes">
        <source>%n alert(s)</source>
        <translation>
            <numerusform>%n Alarm</numerusform>
            <numerusform>%n Alarme</numerusform>
        </translation>
    </message>
    <message>
        <source>Round %1: the one before is revealed, %2 s more</source>
        <translation>Runde %1: Die vorige wird aufgedeckt, noch %2 s</translation>
    </message>
    <message>
        <source>Round %1: the one before is signed, %2 s more</source>
        <translation>Runde %1: Die vorige wird unterzeichnet, noch %2 s</translation>
    </message>
    <message>
        <source>Round %1: commits begin in %2 s</source>
        <translation>Runde %1: Festlegungen beginnen in %2 s</translation>
    </message>
    <message>
        <source>Round %1: commits, %2 s more</source>
        <translation>Runde %1: Festlegungen, noch %2 s</translation>
    </message>
    <message>
        <source>Last rounds: %1</source>
        <translation>Letzte Runden: %1</translation>
    </message>
</context>
<context>
    <name>chrona::ui::VenueMatrixModel</name>
    <message>
        <source>%1: weight %2, basis %3 bp, %4 old</source>
        <translation>%1: Gewicht %2, Basis %3 Bp., %4 alt</translation>
    </message>
    <message>
        <source>%1 bp, %2</source>
        <translation>%1 Bp., %2</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>Venue</source>
        <translation>Börse</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>Latency</source>
        <translation>Latenz</translation>
    </message>
    <message>
        <source>Week</source>
        <translation>Woche</translation>
    </message>
    <message>
        <source>this computer</source>
        <translation>dieser Rechner</translation>
    </message>
    <message>
        <source>%1: %2, %3 of %4 markets heard%5</source>
        <translation>%1: %2, %3 von %4 Märkten gehört%5</translation>
    </message>
    <message>
        <source> · counts</source>
        <translation> · zählt</translation>
    </message>
    <message>
        <source>%1 ms under way; clock %2; %3 gaps, %4 refused, %5 twice</source>
        <translation>%1 ms unterwegs; Uhr %2; %3 Lücken, %4 abgelehnt, %5 doppelt</translation>
    </message>
    <message>
        <source>%1 ms off</source>
        <translation>%1 ms daneben</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>nicht bekannt</translation>
    </message>
    <message>
        <source>%1: heard %2 %, below 99.9 %</source>
        <translation>%1: zu %2 % gehört, unter 99,9 %</translation>
    </message>
    <message>
        <source>%1: heard %2 %</source>
        <translation>%1: zu %2 % gehört</translation>
    </message>
</context>
<context>
    <name>chrona::ui::WatchlistModel</name>
    <message>
        <source>%1 (synthetic)</source>
        <translation>%1 (synthetisch)</translation>
    </message>
    <message>
        <source>%1 daily closes</source>
        <translation>%1 Tagesschlusskurse</translation>
    </message>
    <message>
        <source>The last change in standard deviations of the 60 days before</source>
        <translation>Die letzte Änderung in Standardabweichungen der 60 Tage davor</translation>
    </message>
    <message>
        <source>Symbol</source>
        <translation>Symbol</translation>
    </message>
    <message>
        <source>Last</source>
        <translation>Letzter</translation>
    </message>
    <message>
        <source>Δ 1 d</source>
        <translation>Δ 1 d</translation>
    </message>
    <message>
        <source>σ-move</source>
        <translation>Δ in σ</translation>
    </message>
    <message>
        <source>90 d</source>
        <translation>90 d</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>%1 more</source>
        <translation>%1 weitere</translation>
    </message>
    <message>
        <source>What it hangs on by the exposure rules, the strongest first</source>
        <translation>Wovon es nach den Regeln der Abhängigkeit abhängt, das Stärkste zuerst</translation>
    </message>
    <message>
        <source>Exposed to</source>
        <translation>Abhängig von</translation>
    </message>
    <message>
        <source>in %1</source>
        <translation>in %1</translation>
    </message>
</context>
<context>
    <name>chrona::ui::WatchlistPane</name>
    <message>
        <source>Watchlist</source>
        <translation>Beobachtungsliste</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>No prices yet</source>
        <translation>Noch keine Kurse</translation>
    </message>
    <message>
        <source>Load the sample world, or import bars with chronactl import bars.</source>
        <translation>Beispielwelt laden oder Kurse mit „chronactl import bars“ importieren.</translation>
    </message>
    <message>
        <source>Load the sample world</source>
        <translation>Beispielwelt laden</translation>
    </message>
    <message>
        <source>Loading prices…</source>
        <translation>Kurse werden geladen…</translation>
    </message>
    <message>
        <source>%1 targets</source>
        <translation>%1 Ziele</translation>
    </message>
</context>
<context>
    <name>chrona::ui::WorkPane</name>
    <message>
        <source>Own work</source>
        <translation>Eigene Arbeit</translation>
    </message>
    <message>
        <source>No investigation is open</source>
        <translation>Keine Untersuchung geöffnet</translation>
    </message>
    <message>
        <source>What you do in one is listed here.</source>
        <translation>Hier steht, was in einer Untersuchung getan wird.</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>%1  %2</source>
        <translation>%1  %2</translation>
    </message>
    <message>
        <source>%1  %2: %3</source>
        <translation>%1  %2: %3</translation>
    </message>
    <message>
        <source>Nothing is done yet</source>
        <translation>Noch nichts getan</translation>
    </message>
    <message>
        <source>Pins, notes and edits are listed here.</source>
        <translation>Hier stehen Pins, Notizen und Änderungen.</translation>
    </message>
</context>
<context>
    <name>main</name>
    <message>
        <source>Chrona, a desktop investigation workstation.</source>
        <translation>Chrona, ein Desktop-Arbeitsplatz für Untersuchungen.</translation>
    </message>
    <message>
        <source>Use the data in this folder.</source>
        <translation>Die Daten in diesem Ordner verwenden.</translation>
    </message>
    <message>
        <source>Draw every view into files in this folder and quit.</source>
        <translation>Jeden Bereich in Dateien in diesem Ordner zeichnen und beenden.</translation>
    </message>
    <message>
        <source>Speak this language instead of the system&apos;s: %1.</source>
        <translation>Diese Sprache statt der des Systems verwenden: %1.</translation>
    </message>
    <message>
        <source>Open this file: an investigation, a table, a graph, tiles.</source>
        <translation>Diese Datei öffnen: eine Untersuchung, eine Tabelle, einen Graphen, Kacheln.</translation>
    </message>
</context>
</TS>
