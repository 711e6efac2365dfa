// SPDX-License-Identifier: AGPL-3.0-or-later
#include "cap_atom.h"

#include "alert_drafts.h"

#include "chrona/formats/stated_time.h"
#include "chrona/formats/xml.h"

#include <format>

namespace chrona::alerts {
namespace {

using formats::XmlElement;

constexpr std::string_view kAtom = "http://www.w3.org/2005/Atom";
constexpr std::string_view kGeoRss = "http://www.georss.org/georss";

bool isCap(std::string_view space)
{
    return space.starts_with("urn:oasis:names:tc:emergency:cap:");
}

std::string_view atom(const XmlElement &entry, std::string_view local)
{
    return entry.childText(formats::XmlName{kAtom, local});
}

/// One entry as a CAP message.
class EntryReader {
public:
    explicit EntryReader(const XmlElement &entry) : m_entry(entry) {}

    std::vector<connect::Draft> read()
    {
        if (const XmlElement *content = m_entry.child("content"))
            if (const XmlElement *whole = content->child("alert"))
                return readWhole(*whole);
        auto &cap = m_alert.cap;
        cap.identifier = capText("identifier");
        if (cap.identifier.empty())
            cap.identifier = atom(m_entry, "id");
        if (cap.identifier.empty())
            return {connect::Rejected{{}, at("the entry has neither cap:identifier nor id")}};
        if (auto done = readHead(); !done)
            return {connect::Rejected{cap.identifier, at(done.error().what)}};
        cap.infos.push_back(readInfo());
        m_alert.url = link();
        return draftsOf(m_alert);
    }

private:
    std::vector<connect::Draft> readWhole(const XmlElement &element)
    {
        auto cap = formats::readCap(element);
        if (!cap)
            return {connect::Rejected{std::string(atom(m_entry, "id")), at(cap.error().what)}};
        m_alert.cap = std::move(*cap);
        m_alert.url = link();
        return draftsOf(m_alert);
    }

    Status readHead()
    {
        auto &cap = m_alert.cap;
        cap.sender = capText("sender");
        if (cap.sender.empty())
            if (const XmlElement *author = m_entry.child("author"))
                cap.sender = author->childText("name");
        if (cap.sender.empty())
            cap.sender = "unnamed";
        std::string_view sent = capText("sent");
        for (const char *name : {"published", "updated"})
            if (sent.empty())
                sent = atom(m_entry, name);
        const auto instant = formats::readStatedTime(sent);
        if (!instant)
            return fail(ErrorCode::InvalidInput, "sent: " + instant.error().what);
        cap.sent = *instant;
        // An index lists what is in force; where it does not say otherwise, that is an alert.
        const std::string_view status = capText("status");
        std::string_view message = capText("msgType");
        if (message.empty())
            message = capText("message_type");
        const auto knownStatus = formats::capStatusFrom(status.empty() ? "Actual" : status);
        const auto knownMessage = formats::capMessageFrom(message.empty() ? "Alert" : message);
        if (!knownStatus || !knownMessage)
            return fail(ErrorCode::InvalidInput, "status or msgType is not one of CAP's words");
        cap.status = *knownStatus;
        cap.message = *knownMessage;
        return {};
    }

    formats::CapInfo readInfo()
    {
        formats::CapInfo info;
        info.language = capText("language");
        info.event = capText("event");
        info.headline = atom(m_entry, "title");
        info.description = capText("description");
        if (info.description.empty())
            info.description = atom(m_entry, "summary");
        info.urgency = formats::capUrgencyFrom(capText("urgency")).value_or(info.urgency);
        info.severity = formats::capSeverityFrom(capText("severity")).value_or(info.severity);
        info.certainty = formats::capCertaintyFrom(capText("certainty")).value_or(info.certainty);
        info.effective = time("effective");
        info.onset = time("onset");
        info.expires = time("expires");
        for (const XmlElement &child : m_entry.children) {
            if (!isCap(child.space))
                continue;
            if (child.local == "category")
                info.categories.emplace_back(child.trimmedText());
            else if (child.local == "responseType")
                info.responses.emplace_back(child.trimmedText());
            else if (child.local == "parameter")
                addValues(child, info.parameters);
        }
        info.areas.push_back(readArea());
        return info;
    }

    formats::CapArea readArea()
    {
        formats::CapArea area;
        area.description = capText("areaDesc");
        for (const XmlElement &child : m_entry.children) {
            const bool isArea = isCap(child.space) || child.space == kGeoRss;
            if (!isArea || child.trimmedText().empty()) {
                if (isCap(child.space) && child.local == "geocode")
                    addValues(child, area.geocodes);
                continue;
            }
            if (child.local == "polygon")
                keep(child, formats::readCapPolygon(child.text),
                     [&](schema::Ring ring) { area.polygons.push_back({std::move(ring)}); });
            else if (child.local == "circle")
                keep(child, formats::readCapCircle(child.text),
                     [&](const formats::CapCircle &circle) { area.circles.push_back(circle); });
            else if (child.local == "point")
                keep(child, formats::readCapCircle(child.text + " 0"),
                     [&](const formats::CapCircle &circle) { area.circles.push_back(circle); });
        }
        return area;
    }

    template <class Shape, class Keep>
    void keep(const XmlElement &element, Result<Shape> shape, Keep add)
    {
        if (shape)
            add(std::move(*shape));
        else
            m_alert.cap.faults.push_back(
                {element.local, std::format("line {} {}", element.place.line, shape.error().what)});
    }

    /// <valueName>FIPS6</valueName><value>… …</value>, repeated within one element.
    static void addValues(const XmlElement &element, std::vector<formats::CapValue> &values)
    {
        std::string_view name;
        for (const XmlElement &child : element.children) {
            if (child.local == "valueName") {
                name = child.trimmedText();
                continue;
            }
            if (child.local != "value")
                continue;
            std::string_view rest = child.trimmedText();
            // Codes are many to a value; a VTEC string holds none of these blanks.
            while (!rest.empty()) {
                const auto end = std::min(rest.find(' '), rest.size());
                if (end > 0)
                    values.push_back({std::string(name), std::string(rest.substr(0, end))});
                rest.remove_prefix(std::min(end + 1, rest.size()));
            }
        }
    }

    std::optional<Instant> time(std::string_view name)
    {
        const std::string_view text = capText(name);
        if (text.empty())
            return std::nullopt;
        const auto instant = formats::readStatedTime(text);
        if (instant)
            return *instant;
        m_alert.cap.faults.push_back({std::string(name), instant.error().what});
        return std::nullopt;
    }

    [[nodiscard]] std::string_view capText(std::string_view local) const
    {
        for (const XmlElement &child : m_entry.children)
            if (child.local == local && isCap(child.space))
                return child.trimmedText();
        return {};
    }

    [[nodiscard]] std::string link() const
    {
        for (const XmlElement &child : m_entry.children)
            if (child.local == "link" && child.space == kAtom)
                return std::string(child.attribute("href"));
        return {};
    }

    [[nodiscard]] std::string at(std::string_view reason) const
    {
        return std::format("line {}: {}", m_entry.place.line, reason);
    }

    const XmlElement &m_entry;
    Alert m_alert;
};

} // namespace

Result<std::vector<connect::Draft>> readCapAtom(std::string_view payload)
{
    std::vector<connect::Draft> drafts;
    const formats::XmlRecords records{
        .isRecord =
            [](formats::XmlName name, std::size_t depth) {
                return depth == 2 && name == formats::XmlName{kAtom, "entry"};
            },
        .record =
            [&](const XmlElement &entry) {
                for (connect::Draft &draft : EntryReader(entry).read())
                    if (drafts.empty() || !std::holds_alternative<schema::Entity>(draft) ||
                        draft != drafts.front())
                        drafts.push_back(std::move(draft));
            },
        .around = {},
        .root = "feed"};
    if (auto done = formats::readXmlRecords(payload, records, {.bytesMax = kPayloadBytesMax});
        !done)
        return std::unexpected(done.error());
    return drafts;
}

} // namespace chrona::alerts
