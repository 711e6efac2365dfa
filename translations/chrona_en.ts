<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>Alert</name>
    <message numerus="yes">
        <source>%1 · %n report(s)</source>
        <translation>
            <numerusform>%1 · %n report</numerusform>
            <numerusform>%1 · %n reports</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <translation>
            <numerusform>%1 and %n more</numerusform>
            <numerusform>%1 and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message numerus="yes">
        <source>Only %n sound venue(s) price %1</source>
        <translation>
            <numerusform>Only %n sound venue prices %1</numerusform>
            <numerusform>Only %n sound venues price %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1, %n block(s) behind</source>
        <translation>
            <numerusform>%1, %n block behind</numerusform>
            <numerusform>%1, %n blocks behind</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1: registered now %2, next %3; %n block(s) behind</source>
        <translation>
            <numerusform>%1: registered now %2, next %3; %n block behind</numerusform>
            <numerusform>%1: registered now %2, next %3; %n blocks behind</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The %1 account can pay %n more transaction(s)</source>
        <translation>
            <numerusform>The %1 account can pay %n more transaction</numerusform>
            <numerusform>The %1 account can pay %n more transactions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>there in %1 of %n look(s); self-bond %2, stake %3</source>
        <translation>
            <numerusform>there in %1 of %n look; self-bond %2, stake %3</numerusform>
            <numerusform>there in %1 of %n looks; self-bond %2, stake %3</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>chrona::ui::AddFeedDialog</name>
    <message numerus="yes">
        <source>%n feeds of %1</source>
        <translation>
            <numerusform>%n feed of %1</numerusform>
            <numerusform>%n feeds of %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>chrona::ui::AlertsPane</name>
    <message numerus="yes">
        <source>%n rule(s) are looked at as events come and each hour.</source>
        <translation>
            <numerusform>%n rule is looked at as events come and each hour.</numerusform>
            <numerusform>%n rules are looked at as events come and each hour.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>chrona::ui::BoardCanvas</name>
    <message numerus="yes">
        <source>%n card(s); arrow keys go from one to the next</source>
        <translation>
            <numerusform>%n card; arrow keys go from one to the next</numerusform>
            <numerusform>%n cards; arrow keys go from one to the next</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Move %n card(s)</source>
        <translation>
            <numerusform>Move %n card</numerusform>
            <numerusform>Move %n cards</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>chrona::ui::CorrectionMenu</name>
    <message numerus="yes">
        <source>Merge %n entities</source>
        <translation>
            <numerusform>Merge %n entity</numerusform>
            <numerusform>Merge %n entities</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Take %n entities apart</source>
        <translation>
            <numerusform>Take %n entity apart</numerusform>
            <numerusform>Take %n entities apart</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>chrona::ui::GraphPane</name>
    <message numerus="yes">
        <source>Move %n node(s)</source>
        <translation>
            <numerusform>Move %n node</numerusform>
            <numerusform>Move %n nodes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n way(s); the shortest: %1</source>
        <translation>
            <numerusform>%n way; the shortest: %1</numerusform>
            <numerusform>%n ways; the shortest: %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Hide %n node(s)</source>
        <translation>
            <numerusform>Hide %n node</numerusform>
            <numerusform>Hide %n nodes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Release %n node(s)</source>
        <translation>
            <numerusform>Release %n node</numerusform>
            <numerusform>Release %n nodes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Pin %n node(s)</source>
        <translation>
            <numerusform>Pin %n node</numerusform>
            <numerusform>Pin %n nodes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Group %n node(s)</source>
        <translation>
            <numerusform>Group %n node</numerusform>
            <numerusform>Group %n nodes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Take off %n node(s)</source>
        <translation>
            <numerusform>Take off %n node</numerusform>
            <numerusform>Take off %n nodes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n entities stand for themselves again</source>
        <translation>
            <numerusform>%n entity stands for itself again</numerusform>
            <numerusform>%n entities stand for themselves again</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Merge %n entities</source>
        <translation>
            <numerusform>Merge %n entity</numerusform>
            <numerusform>Merge %n entities</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Take %n entities apart</source>
        <translation>
            <numerusform>Take %n entity apart</numerusform>
            <numerusform>Take %n entities apart</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n node(s) with very many neighbours are shown, not gone through</source>
        <translation>
            <numerusform>%n node with very many neighbours is shown, not gone through</numerusform>
            <numerusform>%n nodes with very many neighbours are shown, not gone through</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>chrona::ui::GraphView</name>
    <message numerus="yes">
        <source>%n tie(s) here, %1 in all</source>
        <translation>
            <numerusform>%n tie here, %1 in all</numerusform>
            <numerusform>%n ties here, %1 in all</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n event(s)</source>
        <translation>
            <numerusform>%n event</numerusform>
            <numerusform>%n events</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n node(s)</source>
        <translation>
            <numerusform>%n node</numerusform>
            <numerusform>%n nodes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 — %2: %3; %n event(s)</source>
        <translation>
            <numerusform>%1 — %2: %3; %n event</numerusform>
            <numerusform>%1 — %2: %3; %n events</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>chrona::ui::MapView</name>
    <message numerus="yes">
        <source>%n report(s)</source>
        <translation>
            <numerusform>%n report</numerusform>
            <numerusform>%n reports</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n independent publisher(s)</source>
        <translation>
            <numerusform>%n independent publisher</numerusform>
            <numerusform>%n independent publishers</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>chrona::ui::OracleExplainPane</name>
    <message numerus="yes">
        <source>%1 was %2 at %3, from %n venue(s).</source>
        <translation>
            <numerusform>%1 was %2 at %3, from %n venue.</numerusform>
            <numerusform>%1 was %2 at %3, from %n venues.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>chrona::ui::ProviderPane</name>
    <message numerus="yes">
        <source>%n contract(s), as when they were first read</source>
        <translation>
            <numerusform>%n contract, as when it was first read</numerusform>
            <numerusform>%n contracts, as when they were first read</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of them follow(s) another chain</source>
        <translation>
            <numerusform>%n of them follows another chain</numerusform>
            <numerusform>%n of them follow another chain</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>at block %1, %n behind</source>
        <translation>
            <numerusform>at block %1, %n behind</numerusform>
            <numerusform>at block %1, %n behind</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1, enough for some %n transaction(s)</source>
        <translation>
            <numerusform>%1, enough for some %n transaction</numerusform>
            <numerusform>%1, enough for some %n transactions</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>chrona::ui::RelatedList</name>
    <message numerus="yes">
        <source>%n related event(s)</source>
        <translation>
            <numerusform>%n related event</numerusform>
            <numerusform>%n related events</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>chrona::ui::RoundClockPane</name>
    <message numerus="yes">
        <source>%n alert(s)</source>
        <translation>
            <numerusform>%n alert</numerusform>
            <numerusform>%n alerts</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>chrona::ui::Tray</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n alert(s)</source>
        <translation>
            <numerusform>%n alert</numerusform>
            <numerusform>%n alerts</numerusform>
        </translation>
    </message>
</context>
</TS>
