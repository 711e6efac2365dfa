// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/formats/xml.h"

#include "chrona/base/ascii.h"

#include <expat.h>

#include <algorithm>
#include <array>
#include <format>

namespace chrona::formats {
namespace {

/// Between namespace and local name in what expat reports. Expat refuses a namespace that holds it.
constexpr XML_Char kSeparator = '\n';
constexpr std::size_t kPieceBytesMax = 1 << 20; // expat counts in int

/// windows-1252 where it differs from ISO-8859-1; -1: nobody.
constexpr std::array<int, 32> kWindows1252{
    0x20AC, -1,     0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, -1,     0x017D, -1,     -1,     0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, -1,     0x017E, 0x0178};

/// Expat asks here for what it does not know itself.
int onUnknownEncoding(void *, const XML_Char *name, XML_Encoding *encoding)
{
    if (!equalsIgnoringCase(name, "windows-1252") && !equalsIgnoringCase(name, "cp1252"))
        return XML_STATUS_ERROR;
    for (int byte = 0; byte < 256; ++byte)
        encoding->map[byte] = byte;
    for (std::size_t i = 0; i < kWindows1252.size(); ++i)
        encoding->map[0x80 + i] = kWindows1252[i];
    encoding->data = nullptr;
    encoding->convert = nullptr;
    encoding->release = nullptr;
    return XML_STATUS_OK;
}

/// "uri\nlocal", or "local" alone where there is no namespace.
XmlName splitName(std::string_view name)
{
    const auto at = name.rfind(kSeparator);
    if (at == std::string_view::npos)
        return {{}, name};
    return {name.substr(0, at), name.substr(at + 1)};
}

struct FreeParser {
    void operator()(XML_Parser parser) const { XML_ParserFree(parser); }
};

} // namespace

struct XmlReader::State {
    explicit State(XmlLimits limitsGiven) : limits(limitsGiven) { create(); }

    void create()
    {
        parser.reset(XML_ParserCreateNS(nullptr, kSeparator));
        if (!parser)
            return;
        XML_SetUserData(parser.get(), this);
        XML_SetElementHandler(parser.get(), onOpen, onClose);
        XML_SetCharacterDataHandler(parser.get(), onText);
        XML_SetStartDoctypeDeclHandler(parser.get(), onDoctype);
        XML_SetUnknownEncodingHandler(parser.get(), onUnknownEncoding, nullptr);
    }

    [[nodiscard]] XmlPlace place() const
    {
#if XML_MAJOR_VERSION > 2 || XML_MINOR_VERSION >= 9 // deprecates the older two
        return {XML_GetCurrentLineNumber64(parser.get()),
                XML_GetCurrentColumnNumber64(parser.get()) + 1};
#else
        return {XML_GetCurrentLineNumber(parser.get()),
                XML_GetCurrentColumnNumber(parser.get()) + 1};
#endif
    }

    [[nodiscard]] Error errorAt(std::string_view reason) const
    {
        const XmlPlace at = place();
        return {ErrorCode::InvalidInput,
                std::format("line {}, column {}: {}", at.line, at.column, reason)};
    }

    void stop(Error error)
    {
        if (fault.has_value())
            fault = std::unexpected(std::move(error));
        XML_StopParser(parser.get(), XML_FALSE);
    }

    /// What the sink refuses gets its place here, so that sinks need not know it.
    void heed(Status status)
    {
        if (status)
            return;
        Error error = std::move(status.error());
        error.what = errorAt(error.what).what;
        stop(std::move(error));
    }

    static void onOpen(void *data, const XML_Char *name, const XML_Char **attributes)
    {
        static_cast<State *>(data)->open(name, attributes);
    }
    static void onClose(void *data, const XML_Char *)
    {
        static_cast<State *>(data)->close();
    }
    static void onText(void *data, const XML_Char *text, int length)
    {
        static_cast<State *>(data)->text({text, static_cast<std::size_t>(length)});
    }
    static void onDoctype(void *data, const XML_Char *, const XML_Char *, const XML_Char *, int)
    {
        auto &self = *static_cast<State *>(data);
        self.stop(
            self.errorAt("a DOCTYPE is refused: it can name entities that expand without end"));
    }

    void open(const XML_Char *name, const XML_Char **pairs)
    {
        // After a stop expat may report an end that it has begun already, and no more.
        if (!fault)
            return;
        if (textBytes.size() >= limits.depthMax)
            return stop(errorAt(std::format("nested deeper than {} elements", limits.depthMax)));
        attributes.clear();
        for (; *pairs != nullptr; pairs += 2) {
            if (attributes.size() >= limits.attributesMax)
                return stop(errorAt(
                    std::format("an element has more than {} attributes", limits.attributesMax)));
            const XmlName key = splitName(pairs[0]);
            attributes.push_back({std::string(key.space), std::string(key.local), pairs[1]});
            if (attributes.back().value.size() > limits.textBytesMax)
                return stop(errorAt(
                    std::format("an attribute is longer than {} bytes", limits.textBytesMax)));
        }
        textBytes.push_back(0);
        heed(sink->open(splitName(name), attributes, place()));
    }

    void text(std::string_view piece)
    {
        if (!fault || textBytes.empty())
            return;
        textBytes.back() += piece.size();
        if (textBytes.back() > limits.textBytesMax)
            return stop(errorAt(
                std::format("an element's text is longer than {} bytes", limits.textBytesMax)));
        heed(sink->text(piece));
    }

    void close()
    {
        if (!fault)
            return;
        textBytes.pop_back();
        heed(sink->close());
    }

    Status parse(std::string_view piece, int isFinal, XmlSink &target)
    {
        sink = &target;
        if (XML_Parse(parser.get(), piece.data(), static_cast<int>(piece.size()), isFinal) ==
                XML_STATUS_ERROR &&
            fault)
            fault = std::unexpected(errorAt(XML_ErrorString(XML_GetErrorCode(parser.get()))));
        return fault;
    }

    XmlLimits limits;
    std::unique_ptr<XML_ParserStruct, FreeParser> parser;
    XmlSink *sink = nullptr; ///< during a call only
    std::vector<XmlAttribute> attributes;
    std::vector<std::size_t> textBytes; ///< of each open element
    std::size_t bytes = 0;
    Status fault; ///< the first; everything afterwards repeats it
};

XmlReader::XmlReader(XmlLimits limits) : m_state(std::make_unique<State>(limits)) {}
XmlReader::~XmlReader() = default;
XmlReader::XmlReader(XmlReader &&) noexcept = default;
XmlReader &XmlReader::operator=(XmlReader &&) noexcept = default;

Status XmlReader::push(std::string_view bytes, XmlSink &sink)
{
    State &state = *m_state;
    if (!state.parser)
        return fail(ErrorCode::Exhausted, "there is no memory for an XML reader");
    if (!state.fault)
        return state.fault;
    if (bytes.size() > state.limits.bytesMax - state.bytes) {
        state.fault =
            fail(ErrorCode::InvalidInput,
                 std::format("the document is larger than {} bytes", state.limits.bytesMax));
        return state.fault;
    }
    state.bytes += bytes.size();
    while (!bytes.empty()) {
        const std::string_view piece = bytes.substr(0, kPieceBytesMax);
        if (auto done = state.parse(piece, XML_FALSE, sink); !done)
            return done;
        bytes.remove_prefix(piece.size());
    }
    return {};
}

Status XmlReader::finish(XmlSink &sink)
{
    State &state = *m_state;
    if (!state.parser)
        return fail(ErrorCode::Exhausted, "there is no memory for an XML reader");
    if (!state.fault)
        return state.fault;
    return state.parse({}, XML_TRUE, sink);
}

} // namespace chrona::formats
