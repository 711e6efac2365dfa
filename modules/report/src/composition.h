// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "citation_numbers.h"
#include "page_flow.h"

#include "chrona/report/pages.h"

namespace chrona::report {

/// Puts a briefing on pages: masthead, sections, attribution, sources.
class Composition {
public:
    Composition(const schema::Briefing &briefing, QRectF body);

    /// nullopt where it was stopped.
    [[nodiscard]] std::optional<std::vector<Page>> compose(std::stop_token stop = {},
                                                           const Pages::Progress &progress = {});
    /// After compose(): where each part of the briefing stands.
    [[nodiscard]] std::vector<PlacedPart> takePlaces();
    [[nodiscard]] std::vector<PlacedPlot> takePlots() { return std::move(m_plots); }

private:
    void masthead();
    void section(std::size_t at, const schema::Section &section);
    std::size_t beginPart(PagePart part);
    void heading(const QString &text);
    void statement(const schema::Statement &statement);
    void table(const PagePart &part, const schema::Table &table);
    void chart(const PagePart &part, const schema::Chart &chart);
    void map(const PagePart &part, const schema::Map &map);
    void attribution();
    void sources();
    void finding(const std::string &text, const std::vector<schema::Evidence> &evidence);
    void addNumbers(std::vector<Run> &runs, const std::vector<schema::Evidence> &evidence) const;

    const schema::Briefing &m_briefing;
    CitationNumbers m_numbers;
    PageFlow m_flow;
    std::vector<PagePart> m_parts; ///< by tag
    std::vector<PlacedPlot> m_plots;
};

} // namespace chrona::report
