// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "citation_numbers.h"
#include "page_flow.h"

#include "chrona/base/result.h"

namespace chrona::report {

/// Puts a briefing on pages: masthead, sections, attribution, sources.
class Composition {
public:
    Composition(const schema::Briefing &briefing, QRectF body);

    [[nodiscard]] std::vector<Page> compose();

private:
    void masthead();
    void section(const schema::Section &section);
    void heading(const QString &text);
    void statement(const schema::Statement &statement);
    void table(const schema::Table &table);
    void chart(const schema::Chart &chart);
    void map(const schema::Map &map);
    void attribution();
    void sources();
    void finding(const std::string &text, const std::vector<schema::Evidence> &evidence);
    void addNumbers(std::vector<Run> &runs, const std::vector<schema::Evidence> &evidence) const;

    const schema::Briefing &m_briefing;
    CitationNumbers m_numbers;
    PageFlow m_flow;
};

} // namespace chrona::report
