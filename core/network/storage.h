#pragma once

#include <string>
#include <vector>

#include "core/network/pdu.h"

namespace attest::network {

/// What a storage association for receiving proposes: every class that a study of these modalities may hold,
/// in each transfer syntax by itself, so that the peer sends objects as it keeps them. At most 128 contexts
/// (PS3.8), the likely ones first; `modalities` may be empty.
std::vector<Context> storageContexts(const std::vector<std::string>& modalities, std::uint8_t firstId);

/// A storage class of the standard.
bool isStorageClass(const std::string& sopClass);
bool isUncompressed(const std::string& transferSyntax);
/// The transfer syntax that our listener takes of those a caller proposes; empty: none of them.
std::string preferred(const std::vector<std::string>& transferSyntaxes);

}  // namespace attest::network
