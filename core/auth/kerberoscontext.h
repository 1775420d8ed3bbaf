#pragma once

#include <krb5/krb5.h>

#include <memory>
#include <type_traits>

struct FreeKerberosContext
{
    void operator()(krb5_context context) const { krb5_free_context(context); }
};

/// A context of libkrb5: what krb5.conf says now. Of one thread at a time.
using KerberosContext = std::unique_ptr<std::remove_pointer_t<krb5_context>, FreeKerberosContext>;

/// Null with the library's number where krb5.conf cannot be used.
inline KerberosContext makeKerberosContext(krb5_error_code *code = nullptr)
{
    krb5_context context = nullptr;
    const krb5_error_code result = krb5_init_context(&context);
    if (code != nullptr)
        *code = result;
    return KerberosContext(result == 0 ? context : nullptr);
}
