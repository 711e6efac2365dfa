// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/connect/draft.h"

#include <optional>
#include <string>
#include <string_view>

/// What every connector does on the way from a publisher's words to a draft. Pure; any thread.
namespace chrona::connect {

/// The event as a draft when it is sound, else why it cannot be one: what the store would refuse
/// later is refused here, beside the payload that it came from. An end before the beginning is
/// dropped.
[[nodiscard]] Draft checkedDraft(schema::Event event);
/// The same of an entity; its id is made from its key.
[[nodiscard]] Draft checkedDraft(schema::Entity entity);

/// "topic:earthquake" with its name; events link to it by role Topic.
[[nodiscard]] schema::Entity topicEntity(std::string_view slug, std::string_view name);

/// Sets an attribute that says something: an empty text or an absent number sets nothing. A text
/// longer than an attribute may be is cut.
void addText(schema::Attributes &attributes, std::string_view key, std::string_view text);
void addNumber(schema::Attributes &attributes, std::string_view key, std::optional<double> number);

/// The longest beginning of at most so many bytes that does not cut a character.
[[nodiscard]] std::string_view cutText(std::string_view text, std::size_t bytesMax);
/// The text where it is an address that a person can open, else nothing.
[[nodiscard]] std::string webAddress(std::string_view text);
/// A finite number that is the whole text, blanks around it aside.
[[nodiscard]] std::optional<double> numberFrom(std::string_view text);

} // namespace chrona::connect
