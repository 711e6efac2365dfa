// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/workspace/event_filter.h"

#include <QString>
#include <QStringList>

#include <expected>

/// The line in which a filter is typed. Terms are separated by spaces, and all must hold:
///
///     storm "gulf coast"          words of the headline, in any case
///     type:earthquake,news        one of these types, or
///     category:weather            of this category: both together widen the choice
///     region:US,CA-QC,none        ISO 3166; a country takes its parts along
///     source:usgs-earthquakes     keys of sources
///     severity>=50 confidence>=80 per cent of the scale; 0.5 is 50
///     box:-10,35,30,60            west, south, east, north in degrees
///     -type:news -region:US       anything but these
///
/// It is read here and never becomes a statement of a database.
namespace chrona::workspace {

/// What regions and sources are called: EventSnapshot's tables.
struct FilterNames {
    QStringList regions;
    QStringList sources;
};

struct FilterFault {
    enum class Kind : std::uint8_t {
        OpenQuote,
        UnknownField,
        UnknownType,
        UnknownRegion,
        UnknownSource,
        MissingValue,
        NotANumber,
        OutOfRange,  ///< of a share or of a box
        NothingLeft, ///< what is taken and what is taken away leave no type, region or source
        TooManyWords,
    };
    Kind kind;
    qsizetype at = 0; ///< of the part that is wrong, in the text
    qsizetype length = 0;
    QString token; ///< the part
};

[[nodiscard]] std::expected<EventFilter, FilterFault> parseFilter(const QString &text,
                                                                  const FilterNames &names);

/// The text that parseFilter() reads as this filter, as short as it can be.
[[nodiscard]] QString filterText(const EventFilter &filter, const FilterNames &names);

/// What may stand where the cursor is: a stretch of the text, and what could replace it. Best
/// first, at most `limit`.
struct FilterCompletion {
    qsizetype at = 0;
    qsizetype length = 0;
    QStringList candidates;
};
[[nodiscard]] FilterCompletion completeFilter(const QString &text, qsizetype cursor,
                                              const FilterNames &names, qsizetype limit = 12);

} // namespace chrona::workspace
