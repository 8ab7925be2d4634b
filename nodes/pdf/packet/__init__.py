"""One PDF for the payer: cover sheet, form, letter and attachments, bound and numbered."""
