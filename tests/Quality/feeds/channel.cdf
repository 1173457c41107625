<?xml version="1.0"?>
<CHANNEL HREF="https://gazette.example/" BASE="https://gazette.example/" LASTMOD="2026-03-01T09:30:00">
<TITLE>The Gazette</TITLE><ABSTRACT>News</ABSTRACT><LOGO HREF="logo.gif" STYLE="ICON"/>
<ITEM HREF="talks" LASTMOD="2026-03-01T09:30:00"><TITLE>Talks</TITLE><ABSTRACT>They met.</ABSTRACT></ITEM>
</CHANNEL>
