// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// XML as machines write it: strict, and guarded against what XML allows and nobody needs. A
/// DOCTYPE is refused, so there are no entities beyond the five and the numeric ones, nothing
/// external and nothing that expands. Encodings: UTF-8, UTF-16, ISO-8859-1, US-ASCII, windows-1252.
/// Feeds as people write them are not for this reader but for feed.h.
namespace chrona::formats {

struct XmlLimits {
    std::size_t bytesMax = 256 << 20;
    std::size_t depthMax = 64;
    std::size_t attributesMax = 128;    ///< of one element
    std::size_t textBytesMax = 4 << 20; ///< of one element, and of one attribute
    std::size_t elementsMax = 200'000;  ///< of one tree or record; a stream of records has no end
};

/// Where something stands, both from 1; the column counts bytes.
struct XmlPlace {
    std::uint64_t line = 0;
    std::uint64_t column = 0;
};

struct XmlName {
    std::string_view space; ///< namespace URI; empty: none
    std::string_view local;
    friend bool operator==(const XmlName &, const XmlName &) = default;
};

struct XmlAttribute {
    std::string space;
    std::string local;
    std::string value;
};

/// What a document consists of, in its order. Views are valid during the call only. An error ends
/// the reading and is what push() returns.
class XmlSink {
public:
    virtual ~XmlSink() = default;
    virtual Status open(XmlName name, std::span<const XmlAttribute> attributes, XmlPlace place) = 0;
    /// UTF-8. One text may come in several pieces.
    virtual Status text(std::string_view piece) = 0;
    virtual Status close() = 0;
};

/// Reads a document from bytes that come in pieces of any size. Memory is bounded by the limits and
/// the size of a piece. One thread at a time.
class XmlReader {
public:
    explicit XmlReader(XmlLimits limits = {});
    ~XmlReader();
    XmlReader(XmlReader &&) noexcept;
    XmlReader &operator=(XmlReader &&) noexcept;

    /// Fails with InvalidInput and the line and column of what is wrong; nothing more is read then.
    [[nodiscard]] Status push(std::string_view bytes, XmlSink &sink);
    /// The end of the document: fails when it is not whole.
    [[nodiscard]] Status finish(XmlSink &sink);

private:
    struct State;
    std::unique_ptr<State> m_state;
};

/// A small tree: a whole document, or one record of a large one.
struct XmlElement {
    std::string space;
    std::string local;
    std::vector<XmlAttribute> attributes;
    std::string text; ///< its own, without that of its children
    std::vector<XmlElement> children;
    XmlPlace place;

    [[nodiscard]] XmlName name() const { return {space, local}; }
    /// The first child of that local name, whatever its namespace; nullptr: none.
    [[nodiscard]] const XmlElement *child(std::string_view localName) const;
    [[nodiscard]] const XmlElement *child(XmlName name) const;
    /// The trimmed text of that child; empty when there is none.
    [[nodiscard]] std::string_view childText(std::string_view localName) const;
    [[nodiscard]] std::string_view childText(XmlName name) const;
    /// The value of the attribute of that local name; empty when there is none.
    [[nodiscard]] std::string_view attribute(std::string_view localName) const;
    [[nodiscard]] std::string_view trimmedText() const;
};

/// The whole document as a tree.
[[nodiscard]] Result<XmlElement> readXml(std::string_view bytes, const XmlLimits &limits = {});

/// How a large document is cut into records.
struct XmlRecords {
    /// True where the element that opens is a record: it is gathered as a tree and handed over.
    /// What it holds is not asked about. Depth of the document's root: 1.
    std::function<bool(XmlName name, std::size_t depth)> isRecord;
    /// One record, in the order of the document.
    std::function<void(const XmlElement &record)> record;
    /// Elements around the records, when they open, with their attributes alone; may be empty.
    std::function<void(const XmlElement &element)> around;
    /// Local name of the root that the document must have, so that a page of HTML is no empty list;
    /// empty: any.
    std::string root{};
};

/// Hands over one record after another and keeps none, so that a list of 100 MB needs the memory of
/// its largest record. After a failure the records before it have been handed over.
[[nodiscard]] Status readXmlRecords(std::string_view bytes, const XmlRecords &records,
                                    const XmlLimits &limits = {});

} // namespace chrona::formats
