// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/formats/xml.h"

#include "chrona/base/ascii.h"

#include <algorithm>
#include <format>

namespace chrona::formats {
namespace {

std::string_view textOf(const XmlElement *element)
{
    return element ? element->trimmedText() : std::string_view();
}

XmlElement makeElement(XmlName name, std::span<const XmlAttribute> attributes, XmlPlace place)
{
    XmlElement element;
    element.space = name.space;
    element.local = name.local;
    element.attributes.assign(attributes.begin(), attributes.end());
    element.place = place;
    return element;
}

/// Gathers records and lets everything else pass.
class RecordSink final : public XmlSink {
public:
    RecordSink(const XmlRecords &records, const XmlLimits &limits)
        : m_records(records), m_elementsMax(limits.elementsMax)
    {
    }

    Status open(XmlName name, std::span<const XmlAttribute> attributes, XmlPlace place) override
    {
        ++m_depth;
        if (m_depth == 1 && !m_records.root.empty() && name.local != m_records.root)
            return fail(ErrorCode::InvalidInput,
                        std::format("the document is <{}> and not <{}>", name.local.substr(0, 60),
                                    m_records.root));
        if (m_path.empty() && !m_records.isRecord(name, m_depth)) {
            if (m_records.around)
                m_records.around(makeElement(name, attributes, place));
            return {};
        }
        if (m_path.empty())
            m_elements = 0;
        if (++m_elements > m_elementsMax)
            return fail(ErrorCode::InvalidInput,
                        std::format("a record has more than {} elements", m_elementsMax));
        m_path.push_back(makeElement(name, attributes, place));
        return {};
    }

    Status text(std::string_view piece) override
    {
        if (!m_path.empty())
            m_path.back().text += piece;
        return {};
    }

    Status close() override
    {
        --m_depth;
        if (m_path.empty())
            return {};
        XmlElement done = std::move(m_path.back());
        m_path.pop_back();
        if (m_path.empty())
            m_records.record(done);
        else
            m_path.back().children.push_back(std::move(done));
        return {};
    }

private:
    const XmlRecords &m_records;
    std::size_t m_elementsMax;
    std::size_t m_depth = 0;
    std::size_t m_elements = 0;
    std::vector<XmlElement> m_path; ///< open elements of the record; empty outside of records
};

} // namespace

const XmlElement *XmlElement::child(std::string_view localName) const
{
    const auto found = std::ranges::find(children, localName, &XmlElement::local);
    return found == children.end() ? nullptr : &*found;
}

const XmlElement *XmlElement::child(XmlName wanted) const
{
    const auto found = std::ranges::find(children, wanted, &XmlElement::name);
    return found == children.end() ? nullptr : &*found;
}

std::string_view XmlElement::childText(std::string_view localName) const
{
    return textOf(child(localName));
}

std::string_view XmlElement::childText(XmlName wanted) const
{
    return textOf(child(wanted));
}

std::string_view XmlElement::attribute(std::string_view localName) const
{
    const auto found = std::ranges::find(attributes, localName, &XmlAttribute::local);
    return found == attributes.end() ? std::string_view() : std::string_view(found->value);
}

std::string_view XmlElement::trimmedText() const
{
    return trimmed(text);
}

Status readXmlRecords(std::string_view bytes, const XmlRecords &records, const XmlLimits &limits)
{
    RecordSink sink(records, limits);
    XmlReader reader(limits);
    if (auto done = reader.push(bytes, sink); !done)
        return done;
    return reader.finish(sink);
}

Result<XmlElement> readXml(std::string_view bytes, const XmlLimits &limits)
{
    XmlElement root;
    const XmlRecords whole{.isRecord = [](XmlName, std::size_t) { return true; },
                           .record = [&root](const XmlElement &element) { root = element; },
                           .around = {}};
    if (auto done = readXmlRecords(bytes, whole, limits); !done)
        return std::unexpected(done.error());
    return root;
}

} // namespace chrona::formats
