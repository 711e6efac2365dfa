// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "query.h"

#include "chrona/schema/event.h"

#include <ostream>

namespace chrona::cli {

/// Events as NDJSON, CSV or one GeoJSON collection, as they come.
class EventWriter {
public:
    EventWriter(std::ostream &out, QueryFormat format) : m_out(out), m_format(format) {}
    void write(const schema::Event &event);
    /// After the last one; a collection without it is visibly incomplete.
    void finish();

private:
    void begin();
    void writeCsv(const schema::Event &event);
    void writeFeature(const schema::Event &event);

    std::ostream &m_out;
    QueryFormat m_format;
    bool m_begun = false;
};

} // namespace chrona::cli
