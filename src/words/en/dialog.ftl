## dialog

dialog-answers-are-no-texts = the answers cannot be read: { $error }
dialog-answers-are-an-object = write one object of texts, as {"{"}"key of a question": "its answer"{"}"}
dialog-no-question = no question is called "{ $key }"
dialog-see-questions = `--questions` lists them
dialog-did-you-mean = did you mean "{ $near }"?
dialog-no-such-answer = "{ $answer }" is no answer to "{ $key }"
dialog-answers = answers: { $known }
