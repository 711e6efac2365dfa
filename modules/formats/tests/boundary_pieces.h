// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/formats/import.h"

#include <algorithm>
#include <string>

/// Boundaries that are larger than a document read as a whole may be, for tests.
namespace chrona::formats::fixture {

/// JSON written with single quotes; moc stumbles over raw strings with brackets of their own.
[[nodiscard]] inline std::string json(std::string text)
{
    std::ranges::replace(text, '\'', '"');
    return text;
}

struct BoundariesRead {
    Status status;
    std::vector<schema::Boundary> boundaries;
    ImportReport report;
    std::size_t bytesPeak = 0;
    std::size_t parts = 0; ///< that came after the end of the text
    std::size_t batchMax = 0;
};

[[nodiscard]] inline BoundariesRead readBoundaries(const std::string &text, std::size_t piece,
                                                   const ImportOptions &options)
{
    auto reader = ImportReader::create(options).value();
    BoundariesRead read;
    const auto keep = [&] {
        ImportBatch batch = reader.takeBatch();
        read.batchMax = std::max(read.batchMax, batch.size());
        for (schema::Boundary &boundary : batch.boundaries)
            read.boundaries.push_back(std::move(boundary));
    };
    for (std::size_t at = 0; at < text.size() && read.status; at += piece) {
        read.status = reader.push(std::string_view(text).substr(at, piece));
        keep();
    }
    if (read.status)
        read.status = reader.finish();
    keep();
    while (read.status) {
        const auto more = reader.readOn();
        if (!more)
            read.status = std::unexpected(more.error());
        if (!more || !*more)
            break;
        ++read.parts;
        keep();
    }
    read.report = reader.report();
    read.bytesPeak = reader.bytesPeak();
    return read;
}

} // namespace chrona::formats::fixture
