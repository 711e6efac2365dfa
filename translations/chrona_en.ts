<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
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
</TS>
