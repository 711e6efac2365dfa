// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/connect/ports.h"
#include "chrona/schema/source.h"

#include <QtPlugin>

#include <string>
#include <string_view>

/// For connectors to a person's own content system: what Chrona wrote goes there as a draft.
namespace chrona::connect {

/// A text for people, and what its parts are called in the system.
struct WrittenText {
    std::string title;
    std::string body; ///< HTML or Markdown, as the person chose
    std::string titleField = "title";
    std::string bodyField = "body";
};

/// A request with a body. Sent once: what might have arrived is never sent again.
struct Posting {
    Request request;
    std::string body;
    std::string contentType;
};

/// Offered beside Connector by the same object. Pure; any thread.
class Publisher {
public:
    virtual ~Publisher() = default;
    /// How the text is laid down in the source's system so that nobody sees it before its owner
    /// says so.
    [[nodiscard]] virtual Result<Posting> draftOf(const schema::Source &source,
                                                  const WrittenText &text) const = 0;
    /// What the system calls it, from its answer.
    [[nodiscard]] virtual Result<std::string> idIn(std::string_view answer) const = 0;
};

} // namespace chrona::connect

#define CHRONA_PUBLISHER_IID "org.chrona.Publisher/1"
Q_DECLARE_INTERFACE(chrona::connect::Publisher, CHRONA_PUBLISHER_IID)
