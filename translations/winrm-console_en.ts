<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>ActivityModel</name>
    <message numerus="yes">
        <source>%L1 rows</source>
        <translation>
            <numerusform>%L1 row</numerusform>
            <numerusform>%L1 rows</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>AssociationTreeModel</name>
    <message numerus="yes">
        <source>%1, %n objects</source>
        <translation>
            <numerusform>%1, %n object</numerusform>
            <numerusform>%1, %n objects</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>as %1, %n objects</source>
        <translation>
            <numerusform>as %1, %n object</numerusform>
            <numerusform>as %1, %n objects</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>AssociationsPage</name>
    <message numerus="yes">
        <source>%n associated objects</source>
        <translation>
            <numerusform>%n associated object</numerusform>
            <numerusform>%n associated objects</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>BulkEditDialog</name>
    <message numerus="yes">
        <source>Edit %n connections</source>
        <translation>
            <numerusform>Edit %n connection</numerusform>
            <numerusform>Edit %n connections</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <comment>names</comment>
        <translation>
            <numerusform>%1 and %n more</numerusform>
            <numerusform>%1 and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Up to %n connections change: each is read from the keychain first.</source>
        <translation>
            <numerusform>Up to %n connection changes: it is read from the keychain first.</numerusform>
            <numerusform>Up to %n connections change: each is read from the keychain first.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Change %n connections</source>
        <translation>
            <numerusform>Change %n connection</numerusform>
            <numerusform>Change %n connections</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n connections changed.</source>
        <translation>
            <numerusform>%n connection changed.</numerusform>
            <numerusform>%n connections changed.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n were so already.</source>
        <translation>
            <numerusform>%n was so already.</numerusform>
            <numerusform>%n were so already.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n were not reached and are as before.</source>
        <translation>
            <numerusform>%n was not reached and is as before.</numerusform>
            <numerusform>%n were not reached and are as before.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CellText</name>
    <message numerus="yes">
        <source>%n values</source>
        <translation>
            <numerusform>%n value</numerusform>
            <numerusform>%n values</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CompareRowsDialog</name>
    <message numerus="yes">
        <source>%1 of %n columns differ</source>
        <translation>
            <numerusform>%1 of %n column differ</numerusform>
            <numerusform>%1 of %n columns differ</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ConfigurationPage</name>
    <message numerus="yes">
        <source>%n found</source>
        <translation>
            <numerusform>%n found</numerusform>
            <numerusform>%n found</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Finder</name>
    <message numerus="yes">
        <source>%n namespaces were not read yet</source>
        <translation>
            <numerusform>%n namespace was not read yet</numerusform>
            <numerusform>%n namespaces were not read yet</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ImportDialog</name>
    <message numerus="yes">
        <source>%n connections in this %1</source>
        <translation>
            <numerusform>%n connection in this %1</numerusform>
            <numerusform>%n connections in this %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of them selected. Passwords are never imported; they are asked for when they are needed.</source>
        <translation>
            <numerusform>%n of them selected. Passwords are never imported; they are asked for when they are needed.</numerusform>
            <numerusform>%n of them selected. Passwords are never imported; they are asked for when they are needed.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n entries cannot be imported.</source>
        <translation>
            <numerusform>%n entry cannot be imported.</numerusform>
            <numerusform>%n entries cannot be imported.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LockDialog</name>
    <message numerus="yes">
        <source>&amp;Disconnect %n hosts, which keep their password while connected</source>
        <translation>
            <numerusform>&amp;Disconnect %n host, which keeps its password while connected</numerusform>
            <numerusform>&amp;Disconnect %n hosts, which keep their password while connected</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n passwords removed from memory.</source>
        <translation>
            <numerusform>%n password removed from memory.</numerusform>
            <numerusform>%n passwords removed from memory.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hosts disconnected.</source>
        <translation>
            <numerusform>%n host disconnected.</numerusform>
            <numerusform>%n hosts disconnected.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MainWindowViews</name>
    <message numerus="yes">
        <source>%Ln files of views are not used:</source>
        <translation>
            <numerusform>%Ln file of views is not used:</numerusform>
            <numerusform>%Ln files of views are not used:</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>NamespacePage</name>
    <message numerus="yes">
        <source>%n properties</source>
        <translation>
            <numerusform>%n property</numerusform>
            <numerusform>%n properties</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n methods</source>
        <translation>
            <numerusform>%n method</numerusform>
            <numerusform>%n methods</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Preflight</name>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <comment>address</comment>
        <translation>
            <numerusform>%1 and %n more</numerusform>
            <numerusform>%1 and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ProfilesDialog</name>
    <message numerus="yes">
        <source>%n connections</source>
        <translation>
            <numerusform>%n connection</numerusform>
            <numerusform>%n connections</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Imported %n connections, %1 were there already.</source>
        <translation>
            <numerusform>Imported %n connection, %1 were there already.</numerusform>
            <numerusform>Imported %n connections, %1 were there already.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RegistryPage</name>
    <message numerus="yes">
        <source>%n values</source>
        <translation>
            <numerusform>%n value</numerusform>
            <numerusform>%n values</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ResourcePage</name>
    <message numerus="yes">
        <source>%n values</source>
        <translation>
            <numerusform>%n value</numerusform>
            <numerusform>%n values</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RowRefresh</name>
    <message numerus="yes">
        <source>%Ln rows changed</source>
        <translation>
            <numerusform>%Ln row changed</numerusform>
            <numerusform>%Ln rows changed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln new</source>
        <comment>rows</comment>
        <translation>
            <numerusform>%Ln new</numerusform>
            <numerusform>%Ln new</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln gone</source>
        <comment>rows</comment>
        <translation>
            <numerusform>%Ln gone</numerusform>
            <numerusform>%Ln gone</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RowStatistics</name>
    <message numerus="yes">
        <source>%1: %Ln values</source>
        <translation>
            <numerusform>%1: %Ln value</numerusform>
            <numerusform>%1: %Ln values</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RowTools</name>
    <message numerus="yes">
        <source>%Ln rows</source>
        <translation>
            <numerusform>%Ln row</numerusform>
            <numerusform>%Ln rows</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SavedCredentialsDialog</name>
    <message numerus="yes">
        <source>%n connections</source>
        <translation>
            <numerusform>%n connection</numerusform>
            <numerusform>%n connections</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <comment>names</comment>
        <translation>
            <numerusform>%1 and %n more</numerusform>
            <numerusform>%1 and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Changed for %n connections.</source>
        <translation>
            <numerusform>Changed for %n connection.</numerusform>
            <numerusform>Changed for %n connections.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SchemaPage</name>
    <message numerus="yes">
        <source>%n properties</source>
        <translation>
            <numerusform>%n property</numerusform>
            <numerusform>%n properties</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SearchPage</name>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <comment>namespaces</comment>
        <translation>
            <numerusform>%1 and %n more</numerusform>
            <numerusform>%1 and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n found</source>
        <translation>
            <numerusform>%n found</numerusform>
            <numerusform>%n found</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Read what was not read yet (%n namespaces)</source>
        <translation>
            <numerusform>Read what was not read yet (%n namespace)</numerusform>
            <numerusform>Read what was not read yet (%n namespaces)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Searches %n classes of %1, read %2.</source>
        <translation>
            <numerusform>Searches %n class of %1, read %2.</numerusform>
            <numerusform>Searches %n classes of %1, read %2.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Searches %n classes that were read in passing.</source>
        <translation>
            <numerusform>Searches %n class that was read in passing.</numerusform>
            <numerusform>Searches %n classes that were read in passing.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Security</name>
    <message numerus="yes">
        <source>in %n minutes</source>
        <translation>
            <numerusform>in %n minute</numerusform>
            <numerusform>in %n minutes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>in %n hours</source>
        <translation>
            <numerusform>in %n hour</numerusform>
            <numerusform>in %n hours</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TraceView</name>
    <message numerus="yes">
        <source>%n exchanges</source>
        <translation>
            <numerusform>%n exchange</numerusform>
            <numerusform>%n exchanges</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ValueView</name>
    <message numerus="yes">
        <source>Embedded object or reference, %n parts</source>
        <translation>
            <numerusform>Embedded object or reference, %n part</numerusform>
            <numerusform>Embedded object or reference, %n parts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Array, %Ln items</source>
        <translation>
            <numerusform>Array, %Ln item</numerusform>
            <numerusform>Array, %Ln items</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Text, %Ln characters</source>
        <translation>
            <numerusform>Text, %Ln character</numerusform>
            <numerusform>Text, %Ln characters</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>XML, indented here; %Ln characters as the host wrote it</source>
        <translation>
            <numerusform>XML, indented here; %Ln character as the host wrote it</numerusform>
            <numerusform>XML, indented here; %Ln characters as the host wrote it</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Security descriptor, %n parts</source>
        <translation>
            <numerusform>Security descriptor, %n part</numerusform>
            <numerusform>Security descriptor, %n parts</numerusform>
        </translation>
    </message>
</context>
</TS>
