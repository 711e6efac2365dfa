// SPDX-License-Identifier: AGPL-3.0-or-later
#include "alert_places.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace chrona::alerts {
namespace {

struct Code {
    std::string_view number;
    std::string_view letters;
};

/// FIPS 5-2 numbers of the states as SAME and FIPS6 carry them, with their letters in UGC.
constexpr std::array<Code, 56> kStates{
    {{"01", "AL"}, {"02", "AK"}, {"04", "AZ"}, {"05", "AR"}, {"06", "CA"}, {"08", "CO"},
     {"09", "CT"}, {"10", "DE"}, {"11", "DC"}, {"12", "FL"}, {"13", "GA"}, {"15", "HI"},
     {"16", "ID"}, {"17", "IL"}, {"18", "IN"}, {"19", "IA"}, {"20", "KS"}, {"21", "KY"},
     {"22", "LA"}, {"23", "ME"}, {"24", "MD"}, {"25", "MA"}, {"26", "MI"}, {"27", "MN"},
     {"28", "MS"}, {"29", "MO"}, {"30", "MT"}, {"31", "NE"}, {"32", "NV"}, {"33", "NH"},
     {"34", "NJ"}, {"35", "NM"}, {"36", "NY"}, {"37", "NC"}, {"38", "ND"}, {"39", "OH"},
     {"40", "OK"}, {"41", "OR"}, {"42", "PA"}, {"44", "RI"}, {"45", "SC"}, {"46", "SD"},
     {"47", "TN"}, {"48", "TX"}, {"49", "UT"}, {"50", "VT"}, {"51", "VA"}, {"53", "WA"},
     {"54", "WV"}, {"55", "WI"}, {"56", "WY"}, {"60", "AS"}, {"66", "GU"}, {"69", "MP"},
     {"72", "PR"}, {"78", "VI"}}};

/// The first two digits of Statistics Canada's location codes.
constexpr std::array<Code, 13> kProvinces{{{"10", "NL"},
                                           {"11", "PE"},
                                           {"12", "NS"},
                                           {"13", "NB"},
                                           {"24", "QC"},
                                           {"35", "ON"},
                                           {"46", "MB"},
                                           {"47", "SK"},
                                           {"48", "AB"},
                                           {"59", "BC"},
                                           {"60", "YT"},
                                           {"61", "NT"},
                                           {"62", "NU"}}};

bool isDigits(std::string_view text)
{
    return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

void addOnce(std::vector<std::string> &list, std::string value)
{
    const auto at = std::ranges::lower_bound(list, value);
    if (at == list.end() || *at != value)
        list.insert(at, std::move(value));
}

/// In the order of the message; an alert may repeat a code for each of its areas.
void append(std::vector<std::string> &list, const std::string &value)
{
    if (std::ranges::find(list, value) == list.end())
        list.push_back(value);
}

class Sorter {
public:
    void add(const formats::CapValue &code)
    {
        if (code.value.empty())
            return;
        if (code.name == "UGC")
            addUgc(code.value);
        else if (code.name == "SAME" || code.name == "FIPS6")
            addSame(code.value);
        else
            addOther(code);
    }

    Places take() { return std::move(m_places); }

private:
    void addUgc(const std::string &code)
    {
        append(m_places.ugc, code);
        const auto letters = std::string_view(code).substr(0, 2);
        const auto known = std::ranges::find(kStates, letters, &Code::letters);
        // Marine zones begin with letters that are no state's.
        if (code.size() == 6 && known != kStates.end())
            addState(*known);
        m_places.country = "US";
    }

    void addSame(const std::string &code)
    {
        append(m_places.same, code);
        if (code.size() != 6 || !isDigits(code))
            return;
        const auto known =
            std::ranges::find(kStates, std::string_view(code).substr(1, 2), &Code::number);
        if (known == kStates.end())
            return;
        addState(*known);
        m_places.country = "US";
    }

    void addState(const Code &state)
    {
        addOnce(m_places.regions, "US-" + std::string(state.letters));
    }

    void addOther(const formats::CapValue &code)
    {
        append(m_places.other, code.name + "=" + code.value);
        if (code.name == "EMMA_ID")
            return addEmma(code.value);
        if (!code.name.starts_with("profile:CAP-CP:Location") || !isDigits(code.value))
            return;
        m_places.country = "CA";
        const auto province =
            std::ranges::find(kProvinces, std::string_view(code.value).substr(0, 2), &Code::number);
        if (province != kProvinces.end())
            addOnce(m_places.regions, "CA-" + std::string(province->letters));
    }

    /// "DE123": the country in EUMETNET's letters, which differ from ISO's in two cases.
    void addEmma(std::string_view code)
    {
        const std::string_view country = code.substr(0, 2);
        if (code.size() < 4 ||
            !std::ranges::all_of(country, [](char c) { return c >= 'A' && c <= 'Z'; }))
            return;
        m_places.country = country == "UK" ? "GB" : country == "EL" ? "GR" : country;
    }

    Places m_places;
};

} // namespace

Places placesOf(const std::vector<const formats::CapInfo *> &infos)
{
    Sorter sorter;
    for (const formats::CapInfo *info : infos) {
        for (const formats::CapArea &area : info->areas)
            for (const formats::CapValue &code : area.geocodes)
                sorter.add(code);
        // Messages of CAP 1.1 put the zones into a parameter.
        for (const formats::CapValue &parameter : info->parameters)
            if (parameter.name == "UGC" && parameter.value.size() == 6)
                sorter.add(parameter);
    }
    return sorter.take();
}

std::string regionOf(const Places &places)
{
    return places.regions.size() == 1 ? places.regions.front() : places.country;
}

} // namespace chrona::alerts
