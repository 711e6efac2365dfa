// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace chrona::assist {

/// For tests: a server on 127.0.0.1, in a thread of its own, that speaks Ollama's interface. A chat
/// is answered by a topic for each headline it is given: "health" where the headline has that word,
/// else "trade"; a text's vector counts its letters. Any thread may call it.
class FakeOllama {
public:
    FakeOllama();
    ~FakeOllama();
    FakeOllama(const FakeOllama &) = delete;
    FakeOllama &operator=(const FakeOllama &) = delete;

    [[nodiscard]] std::string address() const; ///< "http://127.0.0.1:PORT"
    /// From now on: this status, and this content in place of the model's; empty: as above.
    void behave(int status, std::string content);
    /// From now on a chat is answered by what this makes of the person's part of the question. It
    /// is called in the server's thread.
    void answerBy(std::function<std::string(const std::string &)> answer);
    /// From now on what is asked is taken and never answered.
    void hang();

    struct Asked {
        std::string path;
        std::string body;
        std::string authorization;
    };
    [[nodiscard]] std::vector<Asked> asked() const;

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace chrona::assist
