// SPDX-License-Identifier: AGPL-3.0-or-later
#include "name_index.h"

#include "chrona/base/ascii.h"

#include <algorithm>
#include <utility>

namespace chrona::service {
namespace {

/// "country:FR" says its kind itself; anything else is a topic.
schema::Entity entityNamed(std::string_view text)
{
    schema::Entity entity;
    entity.name = text;
    const std::size_t colon = text.find(':');
    const auto kind =
        colon == text.npos ? std::nullopt : schema::entityKindFrom(text.substr(0, colon));
    if (kind && colon + 1 < text.size()) {
        entity.kind = *kind;
        entity.key = text;
        entity.name = text.substr(colon + 1);
    } else {
        entity.kind = schema::EntityKind::EventTopic;
        entity.key = "topic:" + asciiLowered(text);
        std::ranges::replace(entity.key, ' ', '-');
    }
    entity.id = schema::entityIdFor(entity.key);
    return entity;
}

} // namespace

NameIndex::NameIndex(std::span<const schema::Entity> known)
{
    for (const schema::Entity &entity : known)
        add(entity);
}

void NameIndex::add(const schema::Entity &entity)
{
    // Keys and external ids are exact; a name that two entities share means the first of them.
    m_ids.insert_or_assign(asciiLowered(entity.key), entity.id);
    for (const schema::ExternalId &external : entity.externalIds)
        m_ids.try_emplace(asciiLowered(external.value), entity.id);
    m_ids.try_emplace(asciiLowered(entity.name), entity.id);
    for (const std::string &alias : entity.aliases)
        m_ids.try_emplace(asciiLowered(alias), entity.id);
}

schema::EntityId NameIndex::resolve(std::string_view text)
{
    if (const auto found = m_ids.find(asciiLowered(text)); found != m_ids.end())
        return found->second;
    schema::Entity entity = entityNamed(text);
    // The same name in another spelling may have led to this key before.
    if (const auto found = m_ids.find(asciiLowered(entity.key)); found != m_ids.end())
        return found->second;
    add(entity);
    m_ids.insert_or_assign(asciiLowered(text), entity.id);
    m_new.push_back(entity);
    return entity.id;
}

schema::EntityId NameIndex::resolve(const schema::Entity &entity)
{
    if (const auto found = m_ids.find(asciiLowered(entity.key)); found != m_ids.end())
        return found->second;
    add(entity);
    m_new.push_back(entity);
    return entity.id;
}

bool NameIndex::knows(std::string_view text) const
{
    return m_ids.contains(asciiLowered(text));
}

std::vector<schema::Entity> NameIndex::takeNew()
{
    return std::exchange(m_new, {});
}

} // namespace chrona::service
