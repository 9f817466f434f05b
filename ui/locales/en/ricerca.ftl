# SPDX-License-Identifier: EUPL-1.2
# Search.
ricerca = Search
ricerca-label = Search
ricerca-hint = Name, tax code, telephone, voucher number or slip code. Enter opens the first.
ricerca-results = Results of the search
ricerca-title = Name
ricerca-detail = Details
ricerca-status = State
ricerca-more = There are more: add a word.
ricerca-nothing = Nothing found for “{ $text }”. Try the tax code or a part of the surname.
ricerca-begin = Write at least two letters, or scan a code.
understood-text = Searched as words.
understood-tax_code = Read as a tax code.
understood-slip = Read as a slip code.
understood-serial = Read as a number: whose voucher, or whose telephone.
