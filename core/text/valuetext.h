#pragma once

#include "document/rowset.h"

#include <QDateTime>
#include <QString>

/// How values are shown to people. Locale-aware; for machines there is core/export. What comes out
/// may hold line breaks and control characters (see oneLine, terminalText). Arrays: items with
/// commas, at most 100; references and embedded objects as text/nodetext.h says.
QString cellText(const Cell &cell); ///< Nil -> "null" is the view's business: this gives empty for
                                    ///< Nil and Absent
/// A CIM timestamp: xs:dateTime (`2014-04-03T14:45:50.46875+08:00`) or DMTF text
/// (`20140403144550.468750+480`). Invalid when it is neither. Digits below the millisecond are cut.
/// Without an offset (`+***` in DMTF) it has Qt::LocalTime, and both texts below show it unchanged.
/// Wildcards in the time of day count as 0; an unknown date is invalid (show the host's text).
QDateTime parseCimDateTime(std::string_view text);
/// The host's own time as it wrote it, and local time: "3 Apr 2014 08:45:50" / "3 Apr 2014 14:45:50
/// +08:00".
QString localDateText(const QDateTime &time);
QString hostDateText(const QDateTime &time);
/// An xs:duration or DMTF interval (`ddddddddHHMMSS.mmmmmm:000`) as "1 h 40 s"; empty when it is
/// neither.
QString durationText(std::string_view text);
QString bytesText(qint64 bytes);    ///< "1.4 MB"
QString rateText(double perSecond); ///< "12,300 rows/s" without the word: number only
/// One line for a cell: line breaks and control characters as symbols, cut at `max` characters
/// (UTF-16 units) with an ellipsis after them.
QString oneLine(QStringView text, int max = 300);
/// Escapes C0, DEL, C1, bidirectional controls, line separators and lone surrogates for a terminal:
/// "\x1b", "\u202e", "\n". `keepNewlines`: LF stays (and CR before it goes); nothing else does.
QString terminalText(QStringView text, bool keepNewlines = false);
