#pragma once

#include "common/cause.h"

#include <span>
#include <string>
#include <string_view>

/// Bytes of an XML document -> valid UTF-8, as they arrive. Knows UTF-8 and UTF-16 of both byte
/// orders, by byte order mark, by the first bytes and by the XML declaration, which must agree.
/// Never gives half a character away, refuses NUL, lone surrogates and what is not UTF-8. White
/// space before an XML declaration is dropped. Source: XML 1.0, appendix F.
class XmlDecoder
{
public:
    class Output
    {
    public:
        virtual ~Output() = default;
        virtual bool utf8(std::string_view text) = 0; ///< false: take no more
    };
    struct Problem
    {
        Cause cause = Cause::Unknown; ///< SoapEncoding or SoapMalformed; Unknown: none
        const char *words = "";
    };

    explicit XmlDecoder(Output &output)
        : m_output(output)
    { }
    bool feed(std::string_view bytes); ///< false on a problem, or when the output took no more
    bool finish();
    const Problem &problem() const { return m_problem; }

private:
    enum class Encoding { Unknown, Utf8, Utf16LittleEndian, Utf16BigEndian };
    bool fail(Cause cause, const char *words);
    bool detect(bool final);
    bool decode(std::string_view bytes);
    bool decodeUtf8(std::string_view bytes);
    bool completeCharacter(std::string_view &bytes);
    bool decodeUtf16(std::string_view bytes);
    bool appendUnit(char16_t unit);
    bool deliver(std::string_view text);
    bool readHeader(bool final);
    bool checkDeclaration(std::string_view declaration);

    Output &m_output;
    Problem m_problem;
    Encoding m_encoding = Encoding::Unknown;
    bool m_inHeader = true;
    std::string m_start;     ///< bytes before the encoding is known, then text of the header
    std::string m_tail;      ///< the beginning of a UTF-8 character, or half a UTF-16 unit
    char16_t m_high = 0;     ///< a high surrogate that waits for its other half
    std::string m_converted; ///< UTF-8 of the UTF-16 being read
};
