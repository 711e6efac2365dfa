// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/schema/attributes.h"

#include <algorithm>

namespace chrona::schema {

const AttributeValue *find(const Attributes &attributes, std::string_view key)
{
    const auto found = std::ranges::lower_bound(attributes, key, {}, &Attribute::key);
    return found != attributes.end() && found->key == key ? &found->value : nullptr;
}

bool set(Attributes &attributes, std::string_view key, AttributeValue value)
{
    const auto found = std::ranges::lower_bound(attributes, key, {}, &Attribute::key);
    const bool isNew = found == attributes.end() || found->key != key;
    if (isNew)
        attributes.insert(found, {std::string(key), std::move(value)});
    else
        found->value = std::move(value);
    return isNew;
}

} // namespace chrona::schema
