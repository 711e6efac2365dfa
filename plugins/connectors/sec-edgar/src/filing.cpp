// SPDX-License-Identifier: AGPL-3.0-or-later
#include "filing.h"

#include "chrona/connect/draft_list.h"
#include "chrona/formats/stated_time.h"

#include <algorithm>
#include <array>
#include <format>

namespace chrona::edgar {
namespace {

struct Weight {
    std::string_view name;
    float severity;
};

constexpr std::array<Weight, 26> kForms{{{"10-K", 0.5F},
                                         {"10-KT", 0.5F},
                                         {"20-F", 0.5F},
                                         {"40-F", 0.5F},
                                         {"10-Q", 0.4F},
                                         {"6-K", 0.4F},
                                         {"8-K", 0.45F},
                                         {"NT 10-K", 0.7F},
                                         {"NT 10-Q", 0.7F},
                                         {"SC 13D", 0.6F},
                                         {"SCHEDULE 13D", 0.6F},
                                         {"SC 13G", 0.35F},
                                         {"SCHEDULE 13G", 0.35F},
                                         {"SC TO-T", 0.75F},
                                         {"SC 14D9", 0.6F},
                                         {"13F-HR", 0.3F},
                                         {"S-1", 0.5F},
                                         {"S-4", 0.55F},
                                         {"F-1", 0.5F},
                                         {"25", 0.7F},
                                         {"25-NSE", 0.7F},
                                         {"DEF 14A", 0.3F},
                                         {"DEFM14A", 0.6F},
                                         {"3", 0.15F},
                                         {"4", 0.2F},
                                         {"144", 0.2F}}};

constexpr std::array<Weight, 10> kItems{{{"1.03", 0.95F},  // bankruptcy
                                         {"4.02", 0.9F},   // earlier statements do not hold
                                         {"3.01", 0.85F},  // delisting
                                         {"1.05", 0.8F},   // cybersecurity incident
                                         {"5.01", 0.8F},   // change of control
                                         {"2.06", 0.75F},  // impairment
                                         {"2.01", 0.7F},   // acquisition completed
                                         {"2.02", 0.6F},   // results
                                         {"5.02", 0.6F},   // officers leave or come
                                         {"1.01", 0.6F}}}; // material agreement

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

/// Ten digits, as EDGAR's addresses have it; empty: not a CIK.
std::string paddedCik(std::string_view cik)
{
    if (cik.empty() || cik.size() > 10 || !std::ranges::all_of(cik, isDigit))
        return {};
    return std::string(10 - cik.size(), '0') + std::string(cik);
}

bool isAccession(std::string_view text)
{
    if (text.size() != 20 || text[10] != '-' || text[13] != '-')
        return false;
    for (std::size_t i = 0; i < text.size(); ++i)
        if (i != 10 && i != 13 && !isDigit(text[i]))
            return false;
    return true;
}

} // namespace

void Drafts::company(Company company)
{
    const std::string cik = paddedCik(company.cik);
    if (cik.empty() || company.name.empty()) {
        m_key.clear();
        m_name = company.name;
        return;
    }
    schema::Entity entity;
    entity.key = m_key = "cik:" + cik;
    entity.name = m_name = connect::cutText(company.name, 500);
    if (!m_companies.insert(m_key).second)
        return;
    entity.kind = schema::EntityKind::Organization;
    for (const std::string &former : company.formerNames)
        if (!former.empty() && former != entity.name &&
            std::ranges::find(entity.aliases, former) == entity.aliases.end())
            entity.aliases.emplace_back(connect::cutText(former, 500));
    entity.externalIds.push_back({"cik", cik});
    for (const std::string &ticker : company.tickers)
        entity.externalIds.push_back({"ticker", ticker});
    entity.attributes = std::move(company.attributes);
    m_drafts.push_back(connect::checkedDraft(std::move(entity)));
}

void Drafts::filing(Filing filing)
{
    if (!isAccession(filing.accession))
        return reject(std::move(filing.accession), "the accession number is not like "
                                                   "0000320193-20-000010");
    if (filing.form.empty())
        return reject(std::move(filing.accession), "the form is missing");
    const auto filed = formats::readStatedTime(filing.filedOn);
    if (!filed)
        return reject(std::move(filing.accession), "filed: " + filed.error().what);
    if (joinKnown(filing.accession))
        return;
    schema::Event event;
    event.type = schema::EventType::Filing;
    event.sourceRef = std::move(filing.accession);
    event.title = m_name.empty() ? filing.form : m_name + ": " + filing.form;
    if (!filing.items.empty())
        event.title += " (" + filing.items + ")";
    event.title = std::string(connect::cutText(event.title, 1000));
    event.summary = connect::cutText(filing.description, 16'000);
    event.url = connect::webAddress(filing.url);
    event.times.observedAt = filing.acceptedAt.value_or(*filed);
    event.times.publishedAt = filing.acceptedAt;
    event.severity = severityOf(filing.form, filing.items);
    event.region = "US";
    if (!m_key.empty())
        event.entities.push_back({schema::entityIdFor(m_key), schema::EntityRole::Subject, 1});
    event.attributes = std::move(filing.attributes);
    connect::addText(event.attributes, "form", filing.form);
    connect::addText(event.attributes, "filed_on", filing.filedOn);
    connect::addText(event.attributes, "period", filing.period);
    connect::addText(event.attributes, "items", filing.items);
    connect::addText(event.attributes, "company", m_name);
    connect::addText(event.attributes, "cik",
                     m_key.empty() ? std::string_view() : std::string_view(m_key).substr(4));
    m_drafts.push_back(connect::checkedDraft(std::move(event)));
}

/// True when the filing is there already: then the company at hand has a part in it too.
bool Drafts::joinKnown(const std::string &accession)
{
    const auto [known, isNew] = m_filings.emplace(accession, m_drafts.size());
    if (isNew)
        return false;
    auto *event = std::get_if<schema::Event>(&m_drafts[known->second]);
    const schema::EventEntity part{schema::entityIdFor(m_key), schema::EntityRole::Subject, 1};
    if (event != nullptr && !m_key.empty() && event->entities.size() < 500 &&
        std::ranges::find(event->entities, part) == event->entities.end())
        event->entities.push_back(part);
    return true;
}

void Drafts::reject(std::string reference, std::string reason)
{
    m_drafts.emplace_back(connect::Rejected{std::move(reference), std::move(reason)});
}

float severityOf(std::string_view form, std::string_view items)
{
    constexpr float kOther = 0.2F, kAmendment = 0.8F;
    const bool isAmendment = form.ends_with("/A");
    if (isAmendment)
        form.remove_suffix(2);
    const auto *const known = std::ranges::find(kForms, form, &Weight::name);
    float severity = known == kForms.end() ? kOther : known->severity;
    if (form.starts_with("424B"))
        severity = 0.35F;
    if (form == "8-K")
        for (const Weight &item : kItems)
            if (items.contains(item.name))
                severity = std::max(severity, item.severity);
    return isAmendment ? severity * kAmendment : severity;
}

std::string accessionIn(std::string_view text)
{
    for (std::size_t i = 0; i + 20 <= text.size(); ++i)
        if (isAccession(text.substr(i, 20)))
            return std::string(text.substr(i, 20));
    std::size_t run = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        run = isDigit(text[i]) ? run + 1 : 0;
        const bool ends = i + 1 == text.size() || !isDigit(text[i + 1]);
        if (run == 18 && ends) {
            const std::string_view digits = text.substr(i - 17, 18);
            return std::format("{}-{}-{}", digits.substr(0, 10), digits.substr(10, 2),
                               digits.substr(12));
        }
    }
    return {};
}

} // namespace chrona::edgar
