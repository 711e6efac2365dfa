// SPDX-License-Identifier: AGPL-3.0-or-later
#include "fuzz_target.h"

#include "chrona/formats/xml.h"
#include "chrona/schema/text.h"

using namespace chrona;
using namespace chrona::formats;
using chrona::fuzz::mustHold;

namespace {

constexpr XmlLimits kLimits{.bytesMax = 1 << 20,
                            .depthMax = 8,
                            .attributesMax = 4,
                            .textBytesMax = 256,
                            .elementsMax = 100};

class Transcript final : public XmlSink {
public:
    Status open(XmlName name, std::span<const XmlAttribute> attributes, XmlPlace place) override
    {
        mustHold(++m_depth <= kLimits.depthMax && attributes.size() <= kLimits.attributesMax);
        mustHold(place.line > 0 && place.column > 0 && !name.local.empty());
        said += '<';
        said += name.local;
        for (const XmlAttribute &attribute : attributes)
            said += ' ' + attribute.local + '=' + attribute.value;
        return {};
    }
    Status text(std::string_view piece) override
    {
        said += piece;
        return {};
    }
    Status close() override
    {
        mustHold(m_depth-- > 0);
        said += '>';
        return {};
    }
    std::string said;

private:
    std::size_t m_depth = 0;
};

} // namespace

/// However a document is cut into pieces, the same comes out; the tree holds to the limits.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (size == 0)
        return 0;
    const std::size_t pieceBytes = 1 + data[0] % 31;
    const std::string_view bytes = fuzz::textOf(data + 1, size - 1);
    const auto read = [&](std::size_t step) {
        Transcript transcript;
        XmlReader reader(kLimits);
        Status status;
        for (std::size_t at = 0; at < bytes.size() && status; at += step)
            status = reader.push(bytes.substr(at, step), transcript);
        if (!status || !reader.finish(transcript))
            return std::string("failed");
        mustHold(!schema::firstInvalidUtf8(transcript.said));
        return transcript.said;
    };
    mustHold(read(bytes.size() + 1) == read(pieceBytes));
    const auto tree = readXml(bytes, kLimits);
    mustHold(tree.has_value() || !tree.error().what.empty());
    return 0;
}
