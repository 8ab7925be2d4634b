"""How likely a denial is: base rates from outcomes, gaps of the criteria, and how good that is."""
