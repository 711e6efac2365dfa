// SPDX-License-Identifier: AGPL-3.0-or-later
#include "filing.h"

#include "chrona/connect/draft_list.h"
#include "chrona/formats/stated_time.h"
#include "chrona/formats/xml.h"

#include <algorithm>
#include <format>

/// EDGAR lists filings as Atom in two shapes (of all companies, of one) and as plain XML; names of
/// elements differ in case and hyphens between the three: "filing-href", "filingHREF",
/// "filinghref".
namespace chrona::edgar {
namespace {

using formats::XmlElement;

constexpr std::size_t kAtomBytesMax = 64 << 20;

/// Lower case without hyphens.
std::string folded(std::string_view name)
{
    std::string out;
    for (const char c : name)
        if (c != '-')
            out += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    return out;
}

std::string textOf(const XmlElement &element, std::string_view foldedName)
{
    for (const XmlElement &child : element.children)
        if (folded(child.local) == foldedName)
            return std::string(child.trimmedText());
    return {};
}

const XmlElement *childOf(const XmlElement &element, std::string_view foldedName)
{
    const auto found = std::ranges::find_if(element.children, [&](const XmlElement &child) {
        return folded(child.local) == foldedName;
    });
    return found == element.children.end() ? nullptr : &*found;
}

Company readCompany(const XmlElement &element)
{
    Company company;
    company.cik = textOf(element, "cik");
    company.name = textOf(element, "conformedname");
    if (company.name.empty())
        company.name = textOf(element, "name");
    if (const XmlElement *formers = childOf(element, "formernames"))
        for (const XmlElement &former : formers->children)
            company.formerNames.push_back(textOf(former, "name"));
    connect::addText(company.attributes, "sic",
                     textOf(element, "assignedsic") + textOf(element, "sic"));
    connect::addText(company.attributes, "sic_description",
                     textOf(element, "assignedsicdesc") + textOf(element, "sicdescription"));
    connect::addText(company.attributes, "state_of_incorporation",
                     textOf(element, "stateofincorporation"));
    connect::addText(company.attributes, "fiscal_year_end", textOf(element, "fiscalyearend"));
    return company;
}

/// "8-K - Apple Inc. (0000320193) (Filer)".
Company companyOfTitle(std::string_view title, std::string_view form)
{
    Company company;
    std::size_t cik = title.size();
    for (std::size_t at = title.find(" ("); at != std::string_view::npos;
         at = title.find(" (", at + 1))
        if (at + 13 <= title.size() && title[at + 12] == ')' &&
            std::ranges::all_of(title.substr(at + 2, 10),
                                [](char c) { return c >= '0' && c <= '9'; }))
            cik = at;
    const std::string begin = std::string(form) + " - ";
    if (cik == title.size() || !title.starts_with(begin))
        return company;
    company.cik = title.substr(cik + 2, 10);
    company.name = title.substr(begin.size(), cik - begin.size());
    return company;
}

class Reader {
public:
    void element(const XmlElement &element)
    {
        const std::string name = folded(element.local);
        if (name == "companyinfo") {
            m_hasCompany = true;
            m_drafts.company(readCompany(element));
        } else if (name == "entry") {
            entry(element);
        } else {
            filing(element);
        }
    }
    std::vector<connect::Draft> take() { return m_drafts.take(); }

private:
    void entry(const XmlElement &entry)
    {
        Filing filing;
        const XmlElement *content = childOf(entry, "content");
        filing.accession = accessionIn(textOf(entry, "id"));
        if (const XmlElement *category = childOf(entry, "category"))
            filing.form = category->attribute("term");
        if (const XmlElement *link = childOf(entry, "link"))
            filing.url = link->attribute("href");
        const auto updated = formats::readStatedTime(textOf(entry, "updated"));
        if (!updated)
            return m_drafts.reject(
                filing.accession,
                std::format("line {}: updated: {}", entry.place.line, updated.error().what));
        filing.acceptedAt = *updated;
        filing.filedOn = textOf(entry, "updated").substr(0, 10);
        if (content != nullptr) {
            if (const std::string filed = textOf(*content, "filingdate"); !filed.empty())
                filing.filedOn = filed;
            filing.description = textOf(*content, "formname");
            connect::addText(filing.attributes, "file_number", textOf(*content, "filenumber"));
            connect::addText(filing.attributes, "act", textOf(*content, "act"));
            readItems(textOf(*content, "itemsdesc"), filing);
        }
        if (!m_hasCompany)
            m_drafts.company(companyOfTitle(textOf(entry, "title"), filing.form));
        m_drafts.filing(std::move(filing));
    }

    /// "items 2.02 and 9.01".
    static void readItems(std::string_view text, Filing &filing)
    {
        for (std::size_t i = 0; i + 4 <= text.size(); ++i) {
            const auto isDigit = [&](std::size_t at) { return text[at] >= '0' && text[at] <= '9'; };
            if (isDigit(i) && text[i + 1] == '.' && isDigit(i + 2) && isDigit(i + 3))
                filing.items += (filing.items.empty() ? "" : ",") + std::string(text.substr(i, 4));
        }
    }

    void filing(const XmlElement &element)
    {
        Filing filing;
        const std::string href = textOf(element, "filinghref");
        filing.accession = accessionIn(href);
        if (connect::webAddress(href).empty() || filing.accession.empty())
            return m_drafts.reject(accessionIn(textOf(element, "xbrlref")),
                                   std::format("line {}: filingHREF \"{}\" is not the address of "
                                               "a filing",
                                               element.place.line, connect::cutText(href, 100)));
        filing.url = href;
        filing.form = textOf(element, "type");
        filing.filedOn = textOf(element, "datefiled");
        filing.description = textOf(element, "formname");
        m_drafts.filing(std::move(filing));
    }

    Drafts m_drafts;
    bool m_hasCompany = false; ///< all filings are of one company
};

} // namespace

Result<std::vector<connect::Draft>> readAtom(std::string_view payload)
{
    Reader reader;
    bool isFeed = false;
    const formats::XmlRecords records{
        .isRecord =
            [](formats::XmlName name, std::size_t) {
                const std::string local = folded(name.local);
                return local == "entry" || local == "filing" || local == "companyinfo";
            },
        .record = [&](const XmlElement &element) { reader.element(element); },
        .around =
            [&](const XmlElement &element) {
                isFeed =
                    isFeed || element.local == "feed" || folded(element.local) == "companyfilings";
            }};
    if (auto done = formats::readXmlRecords(payload, records, {.bytesMax = kAtomBytesMax});
        !done)
        return std::unexpected(done.error());
    if (!isFeed)
        return fail(ErrorCode::InvalidInput, "the payload is neither Atom nor companyFilings");
    return reader.take();
}

} // namespace chrona::edgar
